-- When a trace ended first and last, and on which days its spans were appended: a look-up by id
-- then reads few granules of spans. Minimum and maximum are idempotent.
CREATE TABLE IF NOT EXISTS trace_times
(
    tenant LowCardinality(String),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    appended_on Date,
    first_end SimpleAggregateFunction(min, DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
    last_end SimpleAggregateFunction(max, DateTime64(9, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY appended_on
ORDER BY (tenant, trace_id, appended_on)
TTL appended_on + INTERVAL 15 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
