-- One row for each attempt, written before the page leaves: SENDING that stays means a crash, and
-- that the page may have arrived.
CREATE TABLE page_log (
  page          text        NOT NULL,
  attempt       integer     NOT NULL,
  tenant        text        NOT NULL,
  incident      bigint      NOT NULL,
  event         text        NOT NULL,
  channel       text        NOT NULL,
  run           integer     NOT NULL,
  loop          integer     NOT NULL,
  burn_at       timestamptz NOT NULL,
  decided_at    timestamptz NOT NULL,
  stored_at     timestamptz NOT NULL,
  ordered_at    timestamptz NOT NULL,
  claimed_at    timestamptz NOT NULL,
  sent_at       timestamptz NOT NULL,
  answered_at   timestamptz,
  result        text        NOT NULL
    CHECK (result IN ('SENDING', 'SENT', 'REFUSED', 'UNAVAILABLE', 'AMBIGUOUS')),
  detail        text        NOT NULL,
  may_be_repeat boolean     NOT NULL,
  PRIMARY KEY (page, attempt)
);

CREATE INDEX page_log_of ON page_log (incident, channel, event);
