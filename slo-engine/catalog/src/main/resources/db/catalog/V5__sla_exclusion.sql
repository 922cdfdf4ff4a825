-- Stretches that were declared excluded; never changed, at most withdrawn.
CREATE TABLE sla_exclusion (
  tenant       text        NOT NULL,
  id           text        NOT NULL,
  customer     text        NOT NULL,
  slo          text        NOT NULL,
  kind         text        NOT NULL,
  from_at      timestamptz NOT NULL,
  to_at        timestamptz NOT NULL,
  announced_at timestamptz NOT NULL,
  reason       text        NOT NULL,
  declared_by  text        NOT NULL,
  declared_at  timestamptz NOT NULL,
  withdrawn_by text,
  withdrawn_at timestamptz,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX sla_exclusion_by_time ON sla_exclusion (tenant, to_at);
