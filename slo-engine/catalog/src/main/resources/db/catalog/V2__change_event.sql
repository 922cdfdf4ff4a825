CREATE TABLE change_event (
  tenant     text        NOT NULL,
  id         text        NOT NULL,
  service    text        NOT NULL,
  version    text        NOT NULL,
  region     text        NOT NULL,
  kind       text        NOT NULL,
  summary    text        NOT NULL,
  at         timestamptz NOT NULL,
  created_by text        NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, id)
);

CREATE INDEX change_event_by_time ON change_event (tenant, at);
