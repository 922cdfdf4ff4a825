-- Kind of a composite, whose good and total are those of all components: its share is not their quotient but 1 - budget_spent x (1 - target). Empty for any other.
ALTER TABLE budget_history ADD COLUMN IF NOT EXISTS composite LowCardinality(String) DEFAULT '' CODEC(ZSTD(1)) AFTER budget_spent
