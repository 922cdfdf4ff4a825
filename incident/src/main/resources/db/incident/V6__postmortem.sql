CREATE TABLE postmortem (
  incident     bigint      NOT NULL PRIMARY KEY,
  markdown     text        NOT NULL,
  complete     boolean     NOT NULL,
  generated_at timestamptz NOT NULL
);
