-- Append-only increments of the SLI ledger. Old and new values are running sums; as known at T is
-- known_at <= T. Synced to disk: it is the evidence of service level agreements.
CREATE TABLE IF NOT EXISTS ledger
(
    tenant LowCardinality(String),
    slo LowCardinality(String),
    scope LowCardinality(String),
    group LowCardinality(String),
    generation UInt64 CODEC(ZSTD(1)),
    line UInt64 CODEC(ZSTD(1)),
    minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    good Int64 CODEC(T64, ZSTD(1)),
    total Int64 CODEC(T64, ZSTD(1)),
    cause Enum8('ON_TIME' = 0, 'LATE' = 1, 'BACKFILL' = 2),
    known_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    task LowCardinality(String),
    seq UInt64 CODEC(Delta(8), ZSTD(1)),
    `partition` UInt16,
    `offset` UInt64 CODEC(Delta(8), ZSTD(1)),
    logged_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(logged_at)
ORDER BY (tenant, slo, scope, minute, known_at)
TTL toDate(logged_at) + INTERVAL 25 MONTH DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000, fsync_after_insert = 1
