CREATE TABLE channel (
  tenant     text        NOT NULL,
  name       text        NOT NULL,
  type       text        NOT NULL CHECK (type IN ('webhook')),
  url        text        NOT NULL,
  secret     text        NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (tenant, name)
);
