-- Contracts as their customers' texts; a change is a new version, an end is a time.
CREATE TABLE sla_contract (
  tenant     text        NOT NULL,
  customer   text        NOT NULL,
  version    integer     NOT NULL,
  valid_from text        NOT NULL,
  yaml       text        NOT NULL,
  created_by text        NOT NULL,
  created_at timestamptz NOT NULL,
  ended_by   text,
  ended_at   timestamptz,
  PRIMARY KEY (tenant, customer, version)
);
