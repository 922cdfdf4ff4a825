-- Whether this attempt was the one after which the fallback was told.
ALTER TABLE page_log ADD COLUMN unreachable boolean NOT NULL DEFAULT false;
