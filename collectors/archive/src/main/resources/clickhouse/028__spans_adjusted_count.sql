-- How many spans one that was kept stands for: 1, or what the threshold of its trace state says.
ALTER TABLE spans ADD COLUMN IF NOT EXISTS adjusted_count Float64 DEFAULT 1 CODEC(ZSTD(1)) AFTER trace_state
