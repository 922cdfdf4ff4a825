-- Expected events that did not come, where the SLO counts them bad: rows of cause MISSING, whose
-- other numbers are 0. They belong to total, and never to good.
ALTER TABLE ledger
    MODIFY COLUMN cause Enum8('ON_TIME' = 0, 'LATE' = 1, 'BACKFILL' = 2, 'MISSING' = 3),
    ADD COLUMN IF NOT EXISTS missing Int64 DEFAULT 0 CODEC(T64, ZSTD(1)) AFTER uncertain
