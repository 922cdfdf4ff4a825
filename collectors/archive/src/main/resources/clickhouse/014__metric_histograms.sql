-- Points of histograms with explicit bounds. Bucket i counts values in (bounds[i - 1], bounds[i]], the
-- last one those above all bounds. Sum, minimum and maximum may be absent.
CREATE TABLE IF NOT EXISTS metric_histograms
(
    tenant LowCardinality(String),
    metric LowCardinality(String),
    series_id FixedString(16),
    service LowCardinality(String),
    temporality Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2),
    start DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    time DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    flags UInt32 CODEC(ZSTD(1)),
    count UInt64 CODEC(Delta(8), ZSTD(1)),
    sum Nullable(Float64) CODEC(ZSTD(1)),
    min Nullable(Float64) CODEC(ZSTD(1)),
    max Nullable(Float64) CODEC(ZSTD(1)),
    bounds Array(Float64) CODEC(ZSTD(1)),
    counts Array(UInt64) CODEC(ZSTD(1)),
    region LowCardinality(String),
    task LowCardinality(String),
    seq UInt64 CODEC(Delta(8), ZSTD(1)),
    `index` UInt32 CODEC(Delta(4), ZSTD(1)),
    topic LowCardinality(String),
    `partition` UInt16 CODEC(ZSTD(1)),
    `offset` UInt64 CODEC(Delta(8), ZSTD(1)),
    appended_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    inserted_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toDate(appended_at)
ORDER BY (tenant, metric, series_id, time)
TTL toDate(appended_at) + INTERVAL 30 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
