-- What a channel leads to, and its secrets, as JSON by its type.
ALTER TABLE channel ADD COLUMN destination text;
UPDATE channel SET destination =
  json_build_object('type', type, 'url', url, 'secret', secret)::text;
ALTER TABLE channel ALTER COLUMN destination SET NOT NULL,
  DROP COLUMN url, DROP COLUMN secret, DROP CONSTRAINT channel_type_check;
