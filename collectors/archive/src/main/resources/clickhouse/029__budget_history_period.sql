-- Start of the first cell of the period; period_seconds is the whole length of the period, of a
-- calendar one too.
ALTER TABLE budget_history ADD COLUMN IF NOT EXISTS period_from DateTime64(3, 'UTC') DEFAULT as_of - toIntervalSecond(period_seconds) CODEC(Delta(8), ZSTD(1)) AFTER period_seconds
