-- Changes of alert conditions, as evaluation decided them.
CREATE TABLE IF NOT EXISTS burns
(
    tenant LowCardinality(String),
    slo LowCardinality(String),
    scope LowCardinality(String),
    service LowCardinality(String),
    generation UInt64,
    policy LowCardinality(String),
    severity LowCardinality(String),
    state LowCardinality(String),
    at DateTime64(3, 'UTC'),
    decided_at DateTime64(3, 'UTC'),
    first_bad_at DateTime64(3, 'UTC'),
    factor Decimal(18, 9),
    long_burn Decimal(18, 9),
    short_burn Decimal(18, 9),
    bad_in_long_window Int64,
    total_in_long_window Int64,
    budget_spent Decimal(18, 9),
    frozen_regions Array(LowCardinality(String)),
    `partition` UInt16,
    `offset` UInt64,
    logged_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(logged_at)
ORDER BY (tenant, slo, scope, at)
TTL toDate(logged_at) + INTERVAL 25 MONTH DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
