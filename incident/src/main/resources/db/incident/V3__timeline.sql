CREATE TABLE incident_timeline (
  id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident bigint      NOT NULL,
  at       timestamptz NOT NULL,
  kind     text        NOT NULL,
  actor    text        NOT NULL,
  text     text        NOT NULL
);

CREATE INDEX incident_timeline_of ON incident_timeline (incident, id);
