-- Projection of deploys, rollbacks, flags and configurations, for dashboards; PostgreSQL has the
-- truth. The outbox may send a change twice: rows of one id are one, so read it with FINAL.
CREATE TABLE IF NOT EXISTS changes
(
    tenant LowCardinality(String),
    id String,
    service LowCardinality(String),
    version String,
    region LowCardinality(String),
    kind LowCardinality(String),
    summary String CODEC(ZSTD(1)),
    at DateTime64(3, 'UTC'),
    `partition` UInt16,
    `offset` UInt64,
    logged_at DateTime64(3, 'UTC')
)
ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(logged_at)
ORDER BY (tenant, at, id)
TTL toDate(logged_at) + INTERVAL 25 MONTH DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
