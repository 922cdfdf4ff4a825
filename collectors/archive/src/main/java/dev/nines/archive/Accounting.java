// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.Envelope;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Compares what the stages say they did with the rows that are there (promise 6). */
public final class Accounting {

  /** Stands for every tenant. */
  static final String ALL = "";

  private static final String HEADINGS =
      """
      SELECT tenant, region, signal, heading, reason, sum(items) AS items
      FROM accounting
      WHERE (tenant = {tenant:String} OR {tenant:String} = '')
        AND at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') AND heading != 'SAMPLED_OUT'
      GROUP BY tenant, region, signal, heading, reason
      """;

  /**
   * An entry of a task covers what was appended after the task's entry before it, up to its own
   * time: so rows and entries are compared from the last entry before the range up to the last one.
   * Rows are summed by batch first: a batch has hundreds, and what is joined and counted once is
   * few.
   */
  private static final String ROWS =
      """
      WITH covered AS (
        SELECT tenant, region, signal, task, max(at) AS upper,
          maxIf(at, at < fromUnixTimestamp64Milli({from:Int64}, 'UTC')) AS lower
        FROM accounting
        WHERE heading = 'FORWARDED' AND (tenant = {tenant:String} OR {tenant:String} = '')
        GROUP BY tenant, region, signal, task),
      items AS (
        %s),
      batches AS (
        SELECT tenant, region, signal, task, seq, appended_at, stored AS weight,
          sum(stored) AS stored_sum, sum(sampled_out) AS sampled_sum,
          count() - groupBitmap(`index`) AS twice
        FROM items
        GROUP BY tenant, region, signal, task, seq, appended_at, weight)
      SELECT s.tenant AS tenant, s.region AS region, s.signal AS signal,
        sum(s.stored_sum) AS stored, sum(s.sampled_sum) AS sampled_out,
        sumIf(s.stored_sum + s.sampled_sum,
          s.appended_at > c.lower AND (s.appended_at <= c.upper OR c.upper = 0)) AS settled,
        sum(s.twice) AS duplicates
      FROM batches AS s LEFT JOIN covered AS c USING (tenant, region, signal, task)
      WHERE s.appended_at > c.lower
      GROUP BY tenant, region, signal
      """
          .formatted(items());

  private static final String SAMPLED_OUT =
      """
      SELECT tenant, region, signal, task, seq, toUInt32(0) AS `index`, at AS appended_at,
        toUInt64(0) AS stored, items AS sampled_out
      FROM accounting
      WHERE heading = 'SAMPLED_OUT' AND (tenant = {tenant:String} OR {tenant:String} = '')
        AND at >= fromUnixTimestamp64Milli({from:Int64} - 600000, 'UTC')
      """;

  private record Key(String tenant, String region, String signal) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }
  }

  private record Found(long stored, long sampledOut, long settled, long duplicates) {
    private static final Found NOTHING = new Found(0, 0, 0, 0);
  }

  private final Query query;

  public Accounting(Query query) {
    this.query = query;
  }

  /** Accounts of one tenant, by region and signal, since {@code from}. */
  public List<Account> read(String tenant, Instant from) {
    Map<Key, Map<Heading, TreeMap<String, Long>>> headings = new TreeMap<>();
    for (Row row : query.rows(sql(HEADINGS, tenant, from))) {
      headings
          .computeIfAbsent(key(row), key -> new TreeMap<>())
          .computeIfAbsent(Heading.valueOf(row.text("heading")), heading -> new TreeMap<>())
          .put(row.text("reason"), row.number("items"));
    }
    Map<Key, Found> rows = new TreeMap<>();
    for (Row row : query.rows(sql(ROWS, tenant, from))) {
      Key key = key(row);
      headings.putIfAbsent(key, Map.of());
      rows.put(
          key,
          new Found(
              row.number("stored"),
              row.number("sampled_out"),
              row.number("settled"),
              row.number("duplicates")));
    }
    List<Account> accounts = new ArrayList<>();
    headings.forEach(
        (key, items) -> accounts.add(account(key, items, rows.getOrDefault(key, Found.NOTHING))));
    return accounts;
  }

  /** Accounts of all tenants. */
  List<Account> readAll(Instant from) {
    return read(ALL, from);
  }

  private static Account account(Key key, Map<Heading, TreeMap<String, Long>> items, Found found) {
    return new Account(
        key.tenant(),
        key.region(),
        key.signal(),
        sum(items, Heading.OFFERED),
        sum(items, Heading.REJECTED),
        sum(items, Heading.REFUSED),
        sum(items, Heading.ACCEPTED),
        sum(items, Heading.DEDUPLICATED),
        items.getOrDefault(Heading.COUNTED_ONLY, new TreeMap<>()),
        sum(items, Heading.FORWARDED),
        found.sampledOut(),
        found.stored(),
        found.settled(),
        found.duplicates());
  }

  private static long sum(Map<Heading, TreeMap<String, Long>> items, Heading heading) {
    return items.getOrDefault(heading, new TreeMap<>()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static Key key(Row row) {
    return new Key(row.text("tenant"), row.text("region"), row.text("signal"));
  }

  /**
   * A point is in one of four tables; its index is its place among all points of its body. What was
   * sampled out has a row a batch.
   */
  private static String items() {
    Stream<String> points =
        MetricMapper.POINT_TABLES.stream().map(table -> items(Envelope.METRICS, table));
    return Stream.concat(Stream.of(items(Envelope.TRACES, "spans"), SAMPLED_OUT), points)
        .collect(Collectors.joining("UNION ALL\n"));
  }

  private static String items(String signal, String table) {
    return """
        SELECT tenant, region, '%s' AS signal, task, seq, `index`, appended_at,
          toUInt64(1) AS stored, toUInt64(0) AS sampled_out
        FROM %s
        WHERE (tenant = {tenant:String} OR {tenant:String} = '')
          AND appended_at >= fromUnixTimestamp64Milli({from:Int64} - 600000, 'UTC')
        """
        .formatted(signal, table);
  }

  private static Sql sql(String text, String tenant, Instant from) {
    return Sql.of(text).with("tenant", tenant).with("from", from.toEpochMilli());
  }
}
