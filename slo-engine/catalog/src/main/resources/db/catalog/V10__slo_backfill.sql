-- Each line of each SLO, and how its back-fill stands. state is the JSON of
-- dev.nines.catalog.backfill.BackfillState; due_at is empty once nothing more is done. version grows
-- with each change: of two that work on one row the second one's change is refused.
CREATE TABLE slo_backfill (
  tenant    text        NOT NULL,
  slo       text        NOT NULL,
  line      bigint      NOT NULL,
  line_from timestamptz NOT NULL,
  ledger    boolean     NOT NULL,
  state     text        NOT NULL,
  due_at    timestamptz,
  version   bigint      NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, slo, line)
);

CREATE INDEX slo_backfill_due ON slo_backfill (due_at) WHERE due_at IS NOT NULL;

-- Lines of before.
INSERT INTO slo_backfill (tenant, slo, line, line_from, ledger, state)
SELECT g.tenant, split_part(s->>'id', '/', 2), (s->>'line')::bigint, min(g.effective_from), false,
  '{"state":"refused","reason":"the line began before lines were back-filled"}'
FROM slo_generation g, jsonb_array_elements(g.body::jsonb->'slos') s
GROUP BY 1, 2, 3;
