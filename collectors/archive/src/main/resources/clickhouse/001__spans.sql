-- Spans as the sink wrote them. A row is named by (region, task, seq, index); where it came from is
-- (topic, partition, offset). Partitions are days of log-append time, never of event time: late or
-- absurd client clocks can't explode the parts, and a batch that is repeated after midnight falls
-- into the same partition, without which its token would not be recognised.
--
-- Spans of a trace stand together, for they end within a minute or two: its ids, parents and places
-- in the log then take next to nothing, and reading it takes a granule or two. Values of attributes
-- are words: most come again and again, and even where each is another one they take less space.
-- The minute is one that no clock can wrap, unlike toStartOfMinute; end itself must not be in the
-- key, or conditions on it would not be held against the minute.
CREATE TABLE IF NOT EXISTS spans
(
    tenant LowCardinality(String),
    service LowCardinality(String),
    operation LowCardinality(String),
    kind Enum8('unspecified' = 0, 'internal' = 1, 'server' = 2, 'client' = 3, 'producer' = 4, 'consumer' = 5),
    status Enum8('unset' = 0, 'ok' = 1, 'error' = 2),
    status_message String CODEC(ZSTD(1)),
    end DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    duration_nanos Int64 CODEC(T64, ZSTD(1)),
    trace_id FixedString(16) CODEC(ZSTD(1)),
    span_id FixedString(8) CODEC(ZSTD(1)),
    parent_span_id FixedString(8) CODEC(ZSTD(1)),
    trace_state String CODEC(ZSTD(1)),
    scope LowCardinality(String),
    resource Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    attributes Map(LowCardinality(String), LowCardinality(String)) CODEC(ZSTD(1)),
    event_time Array(DateTime64(9, 'UTC')) CODEC(ZSTD(1)),
    event_name Array(LowCardinality(String)) CODEC(ZSTD(1)),
    event_attributes Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
    link_trace_id Array(FixedString(16)) CODEC(ZSTD(1)),
    link_span_id Array(FixedString(8)) CODEC(ZSTD(1)),
    link_attributes Array(Map(LowCardinality(String), String)) CODEC(ZSTD(1)),
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
    start DateTime64(9, 'UTC') ALIAS fromUnixTimestamp64Nano(toUnixTimestamp64Nano(end) - duration_nanos, 'UTC'),
    items Array(String) ALIAS arrayConcat(
        arrayMap((k, v) -> concat(k, '=', v), mapKeys(attributes), mapValues(attributes)),
        arrayMap((k, v) -> concat(k, '=', v), mapKeys(resource), mapValues(resource))),
    INDEX trace_id_bloom trace_id TYPE bloom_filter(0.001) GRANULARITY 1,
    INDEX items_text arrayConcat(
        arrayMap((k, v) -> concat(k, '=', v), mapKeys(attributes), mapValues(attributes)),
        arrayMap((k, v) -> concat(k, '=', v), mapKeys(resource), mapValues(resource)))
        TYPE text(tokenizer = 'array', posting_list_codec = 'bitpacking')
)
ENGINE = MergeTree
PARTITION BY toDate(appended_at)
ORDER BY (tenant, intDiv(toUnixTimestamp64Nano(end), 60000000000), trace_id)
TTL toDate(appended_at) + INTERVAL 15 DAY DELETE
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 10000
