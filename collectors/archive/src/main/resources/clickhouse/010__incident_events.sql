-- Projection of incidents for dashboards; PostgreSQL has the truth. The payload is JSON.
CREATE TABLE IF NOT EXISTS incident_events
(
    tenant LowCardinality(String),
    id String,
    kind LowCardinality(String),
    at DateTime64(3, 'UTC'),
    payload String CODEC(ZSTD(1)),
    `partition` UInt16,
    `offset` UInt64,
    logged_at DateTime64(3, 'UTC')
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(logged_at)
ORDER BY (tenant, id, at)
TTL toDate(logged_at) + INTERVAL 25 MONTH DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
