// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds traces by what one of their spans has, then sums up each trace found. */
final class TraceFinder {

  private static final String FIND =
      """
      SELECT lower(hex(trace_id)) AS trace, toUnixTimestamp64Nano(max(end)) AS newest
      FROM spans
      WHERE %s
      GROUP BY trace_id
      %s
      ORDER BY newest DESC, trace DESC
      LIMIT {limit:Int64}
      """;

  private static final String SUMMARIES =
      """
      WITH ids AS (SELECT toFixedString(unhex(arrayJoin({traces:Array(String)})), 16)),
        (SELECT (min(first_end), max(last_end)) FROM trace_times
          WHERE tenant = {tenant:String} AND trace_id IN ids) AS times
      SELECT lower(hex(trace_id)) AS trace,
        argMin((service, operation), (parent_span_id != toFixedString('', 8),
          toUnixTimestamp64Nano(end) - duration_nanos)) AS root,
        root.1 AS root_service, root.2 AS root_operation,
        min(toUnixTimestamp64Nano(end) - duration_nanos) AS start_nanos,
        max(toUnixTimestamp64Nano(end)) - start_nanos AS duration,
        count() AS spans, countIf(status = 'error') AS errors,
        arraySort(groupUniqArray(toString(service))) AS services,
        arraySort(groupUniqArray(toString(region))) AS regions
      FROM spans
      WHERE tenant = {tenant:String} AND trace_id IN ids AND end >= times.1 AND end <= times.2
      GROUP BY trace_id
      """;

  /** Each costs a look, also where it finds too few. */
  private static final List<Duration> LOOK_BACK =
      List.of(Duration.ofMinutes(2), Duration.ofHours(1));

  private final Query query;

  TraceFinder(Query query) {
    this.query = query;
  }

  TracePage page(TraceSearch search) {
    List<Row> found = found(search);
    if (found.isEmpty()) {
      return new TracePage(List.of(), null);
    }
    List<String> ids = found.stream().map(row -> row.text("trace")).toList();
    Map<String, TracePage.Summary> summaries = new HashMap<>();
    Sql sql = Sql.of(SUMMARIES).with("tenant", search.tenant()).with("traces", ids);
    query.rows(sql).forEach(row -> summaries.put(row.text("trace"), summary(row)));
    List<TracePage.Summary> traces = new ArrayList<>();
    for (String id : ids) {
      TracePage.Summary summary = summaries.get(id);
      if (summary != null) {
        traces.add(summary);
      }
    }
    return new TracePage(traces, next(search, found));
  }

  /**
   * The newest that fit. Spans stand in the order of time: where the last minutes or hour have
   * enough traces, no older span is read.
   */
  private List<Row> found(TraceSearch search) {
    for (Duration lookBack : LOOK_BACK) {
      Instant from = newest(search).minus(lookBack);
      List<Row> rows = from.isAfter(search.from()) ? query.rows(find(search, from)) : List.of();
      if (rows.size() == search.limit()) {
        return rows;
      }
    }
    return query.rows(find(search, search.from()));
  }

  private static Instant newest(TraceSearch search) {
    TraceSearch.Cursor before = search.before();
    return before == null ? search.to() : Traces.instant(before.endNanos());
  }

  private static @Nullable String next(TraceSearch search, List<Row> found) {
    if (found.size() < search.limit()) {
      return null;
    }
    Row last = found.getLast();
    return new TraceSearch.Cursor(last.number("newest"), last.text("trace")).toString();
  }

  private static Sql find(TraceSearch search, Instant from) {
    Conditions where = new Conditions();
    where.add("tenant = {tenant:String}", "tenant", search.tenant());
    where.add("end >= fromUnixTimestamp64Nano({from:Int64}, 'UTC')", "from", nanos(from));
    where.add("end < fromUnixTimestamp64Nano({to:Int64}, 'UTC')", "to", nanos(search.to()));
    where.addText("service", search.service());
    where.addText("operation", search.operation());
    where.addText("region", search.region());
    for (int i = 0; i < search.attributes().size(); i++) {
      String name = "attribute" + i;
      where.add("has(items, {" + name + ":String})", name, search.attributes().get(i));
    }
    if (search.error()) {
      where.add("status = 'error'");
    }
    if (search.minDurationMillis() > 0) {
      long nanos = TimeUnit.MILLISECONDS.toNanos(search.minDurationMillis());
      where.add("duration_nanos >= {duration:Int64}", "duration", nanos);
    }
    String having = "";
    TraceSearch.Cursor before = search.before();
    if (before != null) {
      having = "HAVING (newest, trace) < ({newest:Int64}, {trace:String})";
      where.value("newest", before.endNanos());
      where.value("trace", before.traceId());
    }
    where.value("limit", search.limit());
    return where.sql(FIND.formatted(where.text(), having));
  }

  private static TracePage.Summary summary(Row row) {
    return new TracePage.Summary(
        row.text("trace"),
        row.text("root_service"),
        row.text("root_operation"),
        Traces.instant(row.number("start_nanos")),
        row.number("duration"),
        row.number("spans"),
        row.number("errors"),
        row.list("services"),
        row.list("regions"));
  }

  private static long nanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
  }
}
