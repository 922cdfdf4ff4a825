-- Rate, errors, duration per slice of 10 s from unsampled spans; rows of one slice are summed.
CREATE TABLE IF NOT EXISTS red_10s
(
    tenant LowCardinality(String),
    service LowCardinality(String),
    operation LowCardinality(String),
    kind LowCardinality(String),
    region LowCardinality(String),
    slice DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    count UInt64 CODEC(T64, ZSTD(1)),
    errors UInt64 CODEC(T64, ZSTD(1)),
    duration_nanos UInt64 CODEC(T64, ZSTD(1)),
    buckets Array(UInt64) CODEC(ZSTD(1)),
    task LowCardinality(String),
    seq UInt64 CODEC(Delta(8), ZSTD(1)),
    `partition` UInt16,
    `offset` UInt64 CODEC(Delta(8), ZSTD(1)),
    logged_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(logged_at)
ORDER BY (tenant, service, operation, kind, region, slice)
TTL toDate(logged_at) + INTERVAL 3 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
