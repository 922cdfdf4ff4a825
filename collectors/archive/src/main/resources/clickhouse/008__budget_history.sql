-- Every state of every budget that evaluation published. Times that are not known are 1970; burn
-- rates of windows where nothing is measured are nan.
CREATE TABLE IF NOT EXISTS budget_history
(
    tenant LowCardinality(String),
    slo LowCardinality(String),
    scope LowCardinality(String),
    generation UInt64 CODEC(ZSTD(1)),
    line UInt64 CODEC(ZSTD(1)),
    as_of DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    target Decimal(18, 9) CODEC(ZSTD(1)),
    period_seconds UInt64 CODEC(ZSTD(1)),
    good Int64 CODEC(ZSTD(1)),
    total Int64 CODEC(ZSTD(1)),
    run_good Int64 CODEC(ZSTD(1)),
    run_total Int64 CODEC(ZSTD(1)),
    budget_spent Decimal(18, 9) CODEC(ZSTD(1)),
    coverage Decimal(18, 9) CODEC(ZSTD(1)),
    complete_to DateTime64(3, 'UTC') CODEC(ZSTD(1)),
    unmeasured_since DateTime64(3, 'UTC') CODEC(ZSTD(1)),
    unmeasured_regions Array(LowCardinality(String)),
    quality Array(LowCardinality(String)),
    burn_policy Array(LowCardinality(String)),
    burn_long Array(Float64) CODEC(ZSTD(1)),
    burn_short Array(Float64) CODEC(ZSTD(1)),
    burn_factor Array(Float64) CODEC(ZSTD(1)),
    burn_firing Array(UInt8),
    `partition` UInt16,
    `offset` UInt64 CODEC(Delta(8), ZSTD(1)),
    logged_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(logged_at)
ORDER BY (tenant, slo, scope, as_of)
TTL toDate(logged_at) + INTERVAL 90 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
