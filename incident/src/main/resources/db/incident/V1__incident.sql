-- run grows when a resolved incident reopens, loop each time nobody acknowledged in time.
CREATE TABLE incident (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant         text        NOT NULL,
  group_key      text        NOT NULL,
  title          text        NOT NULL,
  slo            text,
  severity       text        NOT NULL CHECK (severity IN ('PAGE', 'TICKET')),
  state          text        NOT NULL CHECK (state IN ('TRIGGERED', 'ACKNOWLEDGED', 'RESOLVED')),
  state_at       timestamptz NOT NULL,
  state_by       text        NOT NULL,
  run            integer     NOT NULL,
  loop           integer     NOT NULL,
  opened_at      timestamptz NOT NULL,
  acknowledged_at timestamptz,
  -- AlertGroupEvent.Condition as a JSON list
  conditions     text        NOT NULL,
  first_bad_at   timestamptz NOT NULL,
  policy_true_at timestamptz NOT NULL,
  decided_at     timestamptz NOT NULL,
  stored_at      timestamptz NOT NULL
);

CREATE UNIQUE INDEX incident_one_open ON incident (tenant, group_key) WHERE state <> 'RESOLVED';
CREATE INDEX incident_of_group ON incident (tenant, group_key, id);
CREATE INDEX incident_of_tenant ON incident (tenant, id);
