-- The same per minute, summed while parts merge, filled by a sink of its own: a view that sums would
-- depend on the de-duplication window. latencyMap: upper bound in milliseconds, inclusive, to count;
-- 4294967295 stands for no bound. Sum again when reading.
CREATE TABLE IF NOT EXISTS red_1m
(
    tenant LowCardinality(String),
    service LowCardinality(String),
    operation LowCardinality(String),
    kind LowCardinality(String),
    region LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    count UInt64 CODEC(T64, ZSTD(1)),
    errors UInt64 CODEC(T64, ZSTD(1)),
    duration_nanos UInt64 CODEC(T64, ZSTD(1)),
    latencyMap Nested(bound UInt32, count UInt64),
    logged_on Date
)
ENGINE = SummingMergeTree
PARTITION BY logged_on
ORDER BY (tenant, service, operation, kind, region, minute)
TTL logged_on + INTERVAL 90 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
