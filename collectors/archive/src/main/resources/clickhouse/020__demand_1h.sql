-- Requests that came in to a service (spans of kind server and consumer) per hour, summed while parts
-- merge, filled by a sink of its own as red_1m is. Outlives red_1m, so that the season of last year is
-- there to plan with. minuteMap: minute of the hour to requests, so that the busiest minute stays exact.
-- Sum again when reading: sumMap(minuteMap.minute, minuteMap.count).
CREATE TABLE IF NOT EXISTS demand_1h
(
    tenant LowCardinality(String),
    service LowCardinality(String),
    region LowCardinality(String),
    hour DateTime('UTC') CODEC(Delta(4), ZSTD(1)),
    count UInt64 CODEC(T64, ZSTD(1)),
    errors UInt64 CODEC(T64, ZSTD(1)),
    duration_nanos UInt64 CODEC(T64, ZSTD(1)),
    minuteMap Nested(minute UInt8, count UInt64),
    logged_on Date
)
ENGINE = SummingMergeTree
PARTITION BY toYYYYMM(logged_on)
ORDER BY (tenant, service, region, hour)
TTL logged_on + INTERVAL 25 MONTH DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
