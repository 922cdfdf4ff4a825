-- Events of total that were expected and did not come: they count bad.
ALTER TABLE budget_history ADD COLUMN IF NOT EXISTS missing Int64 DEFAULT 0 CODEC(T64, ZSTD(1)) AFTER uncertain
