-- The past of a line that is not its SLO's first: rows of cause RECOUNT, of minutes that lines before
-- have their own rows for. One without scope and numbers says from which minute on the line answers.
ALTER TABLE ledger
    MODIFY COLUMN cause Enum8('ON_TIME' = 0, 'LATE' = 1, 'BACKFILL' = 2, 'MISSING' = 3, 'RECOUNT' = 4)
