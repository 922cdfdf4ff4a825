-- What a series is: its id is a hash over tenant, metric, unit, type, temporality, resource, scope and
-- attributes. A sink writes the row when it sees the series for the first time in an hour and region,
-- so last_seen is behind by up to an hour. Minimum, maximum and any are idempotent: rows that are
-- written again after a crash change nothing. Times are those of log append, never of clients.
CREATE TABLE IF NOT EXISTS metric_series
(
    tenant LowCardinality(String),
    metric LowCardinality(String),
    series_id FixedString(16),
    region LowCardinality(String),
    appended_on Date,
    type SimpleAggregateFunction(any, Enum8('gauge' = 5, 'sum' = 7, 'histogram' = 9, 'exponential_histogram' = 10, 'summary' = 11)),
    unit SimpleAggregateFunction(any, LowCardinality(String)),
    description SimpleAggregateFunction(anyLast, String) CODEC(ZSTD(1)),
    temporality SimpleAggregateFunction(any, Enum8('unspecified' = 0, 'delta' = 1, 'cumulative' = 2)),
    monotonic SimpleAggregateFunction(any, Bool),
    service SimpleAggregateFunction(any, LowCardinality(String)),
    resource SimpleAggregateFunction(any, Map(String, String)) CODEC(ZSTD(1)),
    scope SimpleAggregateFunction(any, LowCardinality(String)),
    scope_version SimpleAggregateFunction(any, LowCardinality(String)),
    scope_attributes SimpleAggregateFunction(any, Map(String, String)) CODEC(ZSTD(1)),
    attributes SimpleAggregateFunction(any, Map(String, String)) CODEC(ZSTD(1)),
    first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
    last_seen SimpleAggregateFunction(max, DateTime64(3, 'UTC')) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
PARTITION BY appended_on
ORDER BY (tenant, metric, series_id, region, appended_on)
TTL appended_on + INTERVAL 30 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
