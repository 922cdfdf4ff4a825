-- Who was meant; empty when a channel itself was.
ALTER TABLE page_log ADD COLUMN step integer NOT NULL DEFAULT 0;
ALTER TABLE page_log ADD COLUMN user_name text NOT NULL DEFAULT '';
