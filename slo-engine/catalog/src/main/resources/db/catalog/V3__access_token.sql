-- The token itself is nowhere. rights are words separated by commas.
CREATE TABLE access_token (
  tenant     text        NOT NULL,
  sha256     text        NOT NULL UNIQUE,
  id         text        NOT NULL,
  name       text        NOT NULL,
  region     text        NOT NULL,
  rights     text        NOT NULL,
  created_by text        NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_by text,
  revoked_at timestamptz,
  PRIMARY KEY (tenant, id)
);
