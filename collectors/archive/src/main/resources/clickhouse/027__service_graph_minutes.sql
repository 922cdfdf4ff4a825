-- How many spans of calls were stored of a minute of log append when its edges were found. Where there
-- are more by now, it is looked at again.
CREATE TABLE IF NOT EXISTS service_graph_minutes
(
    tenant LowCardinality(String),
    appended DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    spans UInt64 CODEC(T64, ZSTD(1)),
    computed_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toDate(appended)
ORDER BY (tenant, appended)
TTL toDate(appended) + INTERVAL 15 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
