-- Measurements with the trace in which they were made. A row is named by its point, which has the same
-- (region, task, seq, index), and by its place there. Ids are zeros outside a trace.
CREATE TABLE IF NOT EXISTS metric_exemplars
(
    tenant LowCardinality(String),
    metric LowCardinality(String),
    series_id FixedString(16),
    service LowCardinality(String),
    time DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    point_time DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    ordinal UInt16 CODEC(ZSTD(1)),
    value_int Nullable(Int64) CODEC(ZSTD(1)),
    value_double Nullable(Float64) CODEC(ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
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
    value Nullable(Float64) ALIAS coalesce(value_double, toFloat64(value_int)),
    INDEX trace_id_bloom trace_id TYPE bloom_filter(0.001) GRANULARITY 1
)
ENGINE = MergeTree
PARTITION BY toDate(appended_at)
ORDER BY (tenant, metric, series_id, time)
TTL toDate(appended_at) + INTERVAL 30 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
