// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads one trace by its id: two look-ups, the second bounded by the times that the first found.
 */
public final class Traces {

  /** Spans of a trace that an answer holds. */
  public static final int MAX_SPANS = 10_000;

  private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{32}");

  private static final String TIMES =
      """
      SELECT count() AS found,
        toUnixTimestamp64Nano(min(first_end)) AS first,
        toUnixTimestamp64Nano(max(last_end)) AS last,
        toInt64(toUnixTimestamp(min(appended_on))) AS from_day,
        toInt64(toUnixTimestamp(max(appended_on))) AS to_day
      FROM trace_times
      WHERE tenant = {tenant:String} AND trace_id = unhex({trace:String})
      """;

  private static final String SPANS =
      """
      SELECT lower(hex(span_id)) AS span,
        if(parent_span_id = toFixedString('', 8), '', lower(hex(parent_span_id))) AS parent,
        service, operation, toString(kind) AS kind_name, toString(status) AS status_name,
        status_message, toUnixTimestamp64Nano(end) - duration_nanos AS start_nanos, duration_nanos,
        region, scope, trace_state, resource, attributes,
        arrayMap(t -> toUnixTimestamp64Nano(t), event_time) AS event_nanos,
        event_name, event_attributes,
        arrayMap(i -> lower(hex(i)), link_trace_id) AS link_traces,
        arrayMap(i -> lower(hex(i)), link_span_id) AS link_spans, link_attributes
      FROM spans
      WHERE tenant = {tenant:String} AND trace_id = unhex({trace:String})
        AND end >= fromUnixTimestamp64Nano({first:Int64}, 'UTC')
        AND end <= fromUnixTimestamp64Nano({last:Int64}, 'UTC')
        AND toDate(appended_at) BETWEEN toDate({from_day:Int64}) AND toDate({to_day:Int64})
      ORDER BY start_nanos, span_id
      LIMIT {limit:Int64}
      """;

  private final Query query;

  public Traces(Query query) {
    this.query = query;
  }

  static boolean isTraceId(String text) {
    return TRACE_ID.matcher(text).matches();
  }

  static Instant instant(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  /**
   * @param traceId 32 hex digits
   */
  public Optional<Trace> find(String tenant, String traceId) {
    Row times = query.one(Sql.of(TIMES).with("tenant", tenant).with("trace", traceId));
    if (times.number("found") == 0) {
      return Optional.empty();
    }
    Sql sql =
        Sql.of(SPANS)
            .with("tenant", tenant)
            .with("trace", traceId)
            .with("first", times.number("first"))
            .with("last", times.number("last"))
            .with("from_day", times.number("from_day"))
            .with("to_day", times.number("to_day"))
            .with("limit", MAX_SPANS + 1);
    List<Trace.Span> spans = query.rows(sql).stream().map(TraceRows::span).toList();
    boolean truncated = spans.size() > MAX_SPANS;
    return Optional.of(
        new Trace(
            traceId.toLowerCase(java.util.Locale.ROOT),
            truncated,
            truncated ? spans.subList(0, MAX_SPANS) : spans));
  }

  /** Traces newest first; see {@link TraceSearch}. */
  public TracePage search(TraceSearch search) {
    return new TraceFinder(query).page(search);
  }
}
