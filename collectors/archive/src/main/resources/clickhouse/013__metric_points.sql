-- Points of gauges and sums. A client sends an integer or a double: both are kept as they came, and
-- value is for reading. Neither is there when the client says that nothing was recorded (flags 1).
-- start is where the stream began, 1970 when the client does not know: a reset is another start.
CREATE TABLE IF NOT EXISTS metric_points
(
    tenant LowCardinality(String),
    metric LowCardinality(String),
    series_id FixedString(16),
    service LowCardinality(String),
    temporality Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2),
    start DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    time DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    flags UInt32 CODEC(ZSTD(1)),
    monotonic Bool,
    value_int Nullable(Int64) CODEC(Delta(8), ZSTD(1)),
    value_double Nullable(Float64) CODEC(Gorilla(8), ZSTD(1)),
    region LowCardinality(String),
    task LowCardinality(String),
    seq UInt64 CODEC(Delta(8), ZSTD(1)),
    `index` UInt32 CODEC(Delta(4), ZSTD(1)),
    topic LowCardinality(String),
    `partition` UInt16 CODEC(ZSTD(1)),
    `offset` UInt64 CODEC(Delta(8), ZSTD(1)),
    appended_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(Delta(8), ZSTD(1)),
    value Nullable(Float64) ALIAS coalesce(value_double, toFloat64(value_int))
)
ENGINE = MergeTree
PARTITION BY toDate(appended_at)
ORDER BY (tenant, metric, series_id, time)
TTL toDate(appended_at) + INTERVAL 30 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
