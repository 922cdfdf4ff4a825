-- One row for each page that was ever ordered: none is ordered twice, however old.
CREATE TABLE page_ordered (
  page       text        NOT NULL PRIMARY KEY,
  incident   bigint      NOT NULL,
  run        integer     NOT NULL,
  event      text        NOT NULL,
  loop       integer     NOT NULL,
  step       integer     NOT NULL,
  user_name  text        NOT NULL,
  channel    text        NOT NULL,
  ordered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (incident, run, event, loop, step, user_name, channel)
);
