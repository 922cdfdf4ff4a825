-- When a row was inserted, for back-fills, which count each row in one of several looks. Of a row of
-- before this column it is a day after it was logged, longer than its topic keeps it: the same value
-- whenever it is read, as far as an instant of the past asks.
ALTER TABLE red_10s ADD COLUMN IF NOT EXISTS inserted_at DateTime64(3, 'UTC') DEFAULT least(now64(3, 'UTC'), logged_at + INTERVAL 1 DAY) CODEC(Delta(8), ZSTD(1))
