-- An override counts from the later of from_at and created_at to the earlier of to_at and ended_at.
CREATE TABLE oncall_override (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant     text        NOT NULL,
  schedule   text        NOT NULL,
  user_name  text        NOT NULL,
  from_at    timestamptz NOT NULL,
  to_at      timestamptz NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text        NOT NULL,
  ended_at   timestamptz
);

CREATE INDEX oncall_override_of ON oncall_override (tenant, schedule, to_at);
