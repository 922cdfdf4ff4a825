-- Capacity models as their tenants' texts; a change is a new version, an end is a time.
CREATE TABLE capacity_model (
  tenant     text        NOT NULL,
  name       text        NOT NULL,
  version    integer     NOT NULL,
  document   text        NOT NULL,
  created_by text        NOT NULL,
  created_at timestamptz NOT NULL,
  ended_by   text,
  ended_at   timestamptz,
  PRIMARY KEY (tenant, name, version)
);
