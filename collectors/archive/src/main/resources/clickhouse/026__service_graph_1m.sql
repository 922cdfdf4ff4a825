-- Who calls whom: calls per minute of event time, found by joining the two spans of a call whatever
-- batches they came in. A row belongs to the minute in which the server's span was appended (for the
-- outside, the client's) and replaces what an earlier look at that minute found (rows of count 0 are gone edges), so read it with FINAL.
-- entry: no parent; unpaired: no calling span is stored; outside: no span of the other side is stored,
-- server is what the client calls it.
CREATE TABLE IF NOT EXISTS service_graph_1m
(
    tenant LowCardinality(String),
    client LowCardinality(String),
    server LowCardinality(String),
    connection Enum8('service' = 1, 'entry' = 2, 'unpaired' = 3, 'outside' = 4),
    client_region LowCardinality(String),
    server_region LowCardinality(String),
    minute DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    appended DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    count UInt64 CODEC(T64, ZSTD(1)),
    errors UInt64 CODEC(T64, ZSTD(1)),
    duration_nanos UInt64 CODEC(T64, ZSTD(1)),
    computed_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1))
)
ENGINE = ReplacingMergeTree(computed_at)
PARTITION BY toDate(appended)
ORDER BY (tenant, client, server, connection, client_region, server_region, minute, appended)
TTL toDate(appended) + INTERVAL 90 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
