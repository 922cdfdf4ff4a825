-- Events of the period that are good or bad: bad are total - good - uncertain.
ALTER TABLE budget_history ADD COLUMN IF NOT EXISTS uncertain Int64 DEFAULT 0 CODEC(T64, ZSTD(1)) AFTER total
