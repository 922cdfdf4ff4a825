-- Monthly reports with their evidence: never changed, late data make another revision. Of two rows
-- of one revision the first made counts.
CREATE TABLE IF NOT EXISTS sla_reports
(
    tenant LowCardinality(String),
    customer LowCardinality(String),
    from_at DateTime('UTC'),
    to_at DateTime('UTC'),
    revision UInt32,
    made_at DateTime64(3, 'UTC'),
    cause String,
    content_hash String,
    files String CODEC(ZSTD(3))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(made_at)
ORDER BY (tenant, customer, from_at, revision, made_at)
TTL toDate(made_at) + INTERVAL 25 MONTH DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 1000, fsync_after_insert = 1
