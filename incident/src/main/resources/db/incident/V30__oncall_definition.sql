-- Users, escalation policies and the tenant's routing, each as the JSON of its record.
CREATE TABLE oncall_definition (
  tenant     text        NOT NULL,
  kind       text        NOT NULL CHECK (kind IN ('USER', 'POLICY', 'ROUTING')),
  name       text        NOT NULL,
  definition text        NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant, kind, name)
);
