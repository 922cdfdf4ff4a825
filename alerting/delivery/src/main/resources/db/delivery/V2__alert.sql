CREATE TABLE alert (
  tenant      text        NOT NULL,
  fingerprint text        NOT NULL,
  group_key   text        NOT NULL,
  labels      text        NOT NULL,
  annotations text        NOT NULL,
  source      text        NOT NULL,
  state       text        NOT NULL CHECK (state IN ('FIRING', 'FROZEN', 'RESOLVED')),
  since       timestamptz NOT NULL,
  changed_at  timestamptz NOT NULL,
  -- AlertGroupEvent.Condition as JSON
  condition   text        NOT NULL,
  PRIMARY KEY (tenant, fingerprint)
);

CREATE INDEX alert_by_group ON alert (tenant, group_key);
