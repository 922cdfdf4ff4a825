-- Immutable: one row an apply. body is the JSON of dev.nines.objectives.Generation, as on
-- control.objectives; text, so that decimals keep their digits.
CREATE TABLE slo_generation (
  tenant         text        NOT NULL,
  number         bigint      NOT NULL CHECK (number > 0),
  effective_from timestamptz NOT NULL,
  body           text        NOT NULL,
  created_by     text        NOT NULL,
  created_at     timestamptz NOT NULL,
  PRIMARY KEY (tenant, number)
);
