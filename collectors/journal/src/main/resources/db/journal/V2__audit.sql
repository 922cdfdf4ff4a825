-- hash = SHA-256(prev_hash || canonical JSON of the row); the first prev_hash is 32 zero bytes.
CREATE TABLE audit (
  tenant    text        NOT NULL,
  seq       bigint      NOT NULL CHECK (seq > 0),
  at        timestamptz NOT NULL,
  actor     text        NOT NULL,
  action    text        NOT NULL,
  subject   text        NOT NULL,
  detail    text        NOT NULL,
  prev_hash bytea       NOT NULL CHECK (length(prev_hash) = 32),
  hash      bytea       NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (tenant, seq)
);

CREATE INDEX audit_by_subject ON audit (tenant, subject, seq);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit is append-only: % refused', TG_OP;
END $$;

CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
  FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

CREATE TRIGGER audit_keeps_all BEFORE TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
