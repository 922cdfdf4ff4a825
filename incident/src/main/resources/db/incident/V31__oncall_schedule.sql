-- A row for each version: what was true at an instant stays true. No definition: deleted.
CREATE TABLE oncall_schedule (
  tenant         text        NOT NULL,
  name           text        NOT NULL,
  effective_from timestamptz NOT NULL,
  definition     text,
  PRIMARY KEY (tenant, name, effective_from)
);
