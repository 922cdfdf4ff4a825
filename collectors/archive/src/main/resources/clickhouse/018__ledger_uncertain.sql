-- Events of which only a histogram's bucket is known: good lies between good and good + uncertain.
ALTER TABLE ledger ADD COLUMN IF NOT EXISTS uncertain Int64 DEFAULT 0 CODEC(T64, ZSTD(1)) AFTER total
