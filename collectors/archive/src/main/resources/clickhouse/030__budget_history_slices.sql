-- Slices of the period that were bad and that may be; both 0 where events spend the budget.
ALTER TABLE budget_history ADD COLUMN IF NOT EXISTS slices_bad Decimal(18, 9) DEFAULT 0 CODEC(ZSTD(1)) AFTER budget_spent,
    ADD COLUMN IF NOT EXISTS slices_allowed Decimal(18, 9) DEFAULT 0 CODEC(ZSTD(1)) AFTER slices_bad
