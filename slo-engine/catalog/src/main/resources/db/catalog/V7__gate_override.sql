-- Who opened the deploy gate of a service, until when; closing one moves its end.
CREATE TABLE gate_override (
  tenant     text        NOT NULL,
  id         text        NOT NULL,
  service    text        NOT NULL,
  from_at    timestamptz NOT NULL,
  until_at   timestamptz NOT NULL,
  reason     text        NOT NULL,
  created_by text        NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX gate_override_in_force ON gate_override (tenant, service, until_at);
