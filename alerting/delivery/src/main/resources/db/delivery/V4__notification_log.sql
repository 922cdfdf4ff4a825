-- Why people were told, or not, for each change of an alert.
CREATE TABLE notification_log (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant      text        NOT NULL,
  group_key   text        NOT NULL,
  fingerprint text        NOT NULL,
  state       text        NOT NULL,
  sequence    bigint,
  why         text        NOT NULL,
  at          timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX notification_log_by_group ON notification_log (tenant, group_key, id);
