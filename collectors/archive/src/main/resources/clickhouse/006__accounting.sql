-- Items that a stage put under a heading, as increments; compared with spans over the same days.
CREATE TABLE IF NOT EXISTS accounting
(
    tenant LowCardinality(String),
    region LowCardinality(String),
    signal LowCardinality(String),
    heading LowCardinality(String),
    reason LowCardinality(String),
    items UInt64 CODEC(T64, ZSTD(1)),
    at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    task LowCardinality(String),
    seq UInt64 CODEC(Delta(8), ZSTD(1)),
    `partition` UInt16,
    `offset` UInt64 CODEC(Delta(8), ZSTD(1)),
    logged_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(logged_at)
ORDER BY (tenant, region, signal, heading, reason, at)
TTL toDate(logged_at) + INTERVAL 90 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
