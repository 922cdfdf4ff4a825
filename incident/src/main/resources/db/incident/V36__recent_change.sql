-- Changes of the last days, told by catalog: a page names those that came shortly before it, with
-- nothing but this database up.
CREATE TABLE recent_change (
  tenant  text        NOT NULL,
  id      text        NOT NULL,
  service text        NOT NULL,
  version text        NOT NULL,
  region  text        NOT NULL,
  kind    text        NOT NULL,
  summary text        NOT NULL,
  at      timestamptz NOT NULL,
  kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant, id)
);

CREATE INDEX recent_change_of ON recent_change (tenant, service, at);
