-- Rows in lanes. A row waits, is leased to one drain, and ends done or dead.
-- lease_until that has passed on a waiting row means: its holder died while it delivered.
CREATE TABLE outbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane        text        NOT NULL,
  key         text        NOT NULL,
  destination text        NOT NULL,
  record_key  text        NOT NULL,
  payload     text        NOT NULL,
  state       text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'dead')),
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at      timestamptz NOT NULL,
  lease_until timestamptz,
  claim       uuid,
  attempts    integer     NOT NULL DEFAULT 0,
  ambiguous   boolean     NOT NULL DEFAULT false,
  finished_at timestamptz,
  note        text        NOT NULL DEFAULT '',
  UNIQUE (lane, key)
);

CREATE INDEX outbox_due ON outbox (lane, due_at, id) WHERE state = 'waiting';
-- Rows of one record key go out in the order in which they were written.
CREATE INDEX outbox_order ON outbox (lane, record_key, id) WHERE state = 'waiting';
CREATE INDEX outbox_finished ON outbox (lane, finished_at) WHERE state = 'done';
CREATE INDEX outbox_dead ON outbox (lane, id) WHERE state = 'dead';
