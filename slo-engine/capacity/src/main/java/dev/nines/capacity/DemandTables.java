// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.Demand.Course;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Demand from the RED roll-ups, which are made before any sampling: spans of kind server and
 * consumer, in the bucket in which they ended.
 */
public final class DemandTables {

  /** Services x regions x buckets of one answer: a week of minutes of 99 places. */
  static final int POINTS_MAX = 1_000_000;

  private static final int SERIES_MAX = 10_000;
  private static final int SERVICES_MAX = 1_000;

  private static final String MINE =
      """
      tenant = {tenant:String}
        AND (empty({services:Array(String)}) OR has({services:Array(String)}, service))
        AND ({region:String} = '' OR region = {region:String})""";

  private static final String HOURS =
      """
      SELECT service, region, toInt64(toUnixTimestamp(hour)) AS begin,
        toInt64(sum(count)) AS requests,
        toInt64(arrayMax(sumMap(minuteMap.minute, minuteMap.count).2)) AS busiest
      FROM demand_1h
      WHERE %s
        AND hour >= toDateTime({from:Int64}, 'UTC') AND hour < toDateTime({to:Int64}, 'UTC')
      GROUP BY service, region, begin
      """
          .formatted(MINE);

  private static final String SHORT =
      """
      SELECT service, region, toInt64(toUnixTimestamp(%2$s)) AS begin,
        toInt64(sum(count)) AS requests, requests AS busiest
      FROM %1$s
      WHERE %3$s AND kind IN ('server', 'consumer')
        AND %2$s >= toDateTime({from:Int64}, 'UTC') AND %2$s < toDateTime({to:Int64}, 'UTC')
      GROUP BY service, region, begin
      """;

  private static final String SERIES =
      """
      SELECT service, region, groupArray(begin) AS begins, groupArray(requests) AS counts,
        groupArray(busiest) AS peaks
      FROM (%s LIMIT %d)
      GROUP BY service, region ORDER BY service, region LIMIT %d""";

  private static final String SERVICES =
      "SELECT DISTINCT service FROM (%s) ORDER BY service LIMIT %d";

  private static final String HEARD =
      """
      SELECT region, groupArray(begin) AS begins
      FROM (
        SELECT DISTINCT region, toInt64(toUnixTimestamp(hour)) AS begin
        FROM demand_1h
        WHERE tenant = {tenant:String} AND ({region:String} = '' OR region = {region:String})
          AND hour >= toDateTime({from:Int64}, 'UTC') AND hour < toDateTime({to:Int64}, 'UTC')
        LIMIT %d)
      GROUP BY region ORDER BY region LIMIT %d"""
          .formatted(POINTS_MAX + 1, SERIES_MAX + 1);

  private final Query query;

  public DemandTables(Query query) {
    this.query = query;
  }

  /** The answer would have more than {@link #POINTS_MAX} buckets. */
  static final class TooMuch extends Exception {
    TooMuch() {
      super(
          "more than %,d buckets over all services and regions; take a longer step, a shorter range or one service"
              .formatted(POINTS_MAX));
    }
  }

  /**
   * @param region empty for all, and so {@code services}
   */
  Demand read(String tenant, String region, List<String> services, Buckets buckets) throws TooMuch {
    String text = SERIES.formatted(points(buckets.step()), POINTS_MAX + 1, SERIES_MAX + 1);
    List<Row> rows = query.rows(about(text, tenant, region, services, buckets));
    if (rows.size() > SERIES_MAX || (long) rows.size() * buckets.count() > POINTS_MAX) {
      throw new TooMuch();
    }
    SortedMap<String, SortedMap<String, Course>> found = new TreeMap<>();
    for (Row row : rows) {
      found
          .computeIfAbsent(row.text("service"), service -> new TreeMap<>())
          .put(row.text("region"), course(row, buckets));
    }
    return new Demand(buckets, found);
  }

  /**
   * The hours in which a region was asked anything, by region.
   *
   * @param hours buckets of an hour
   */
  SortedMap<String, boolean[]> heard(String tenant, String region, Buckets hours) throws TooMuch {
    List<Row> rows = query.rows(about(HEARD, tenant, region, List.of(), hours));
    if (rows.size() > SERIES_MAX || (long) rows.size() * hours.count() > POINTS_MAX) {
      throw new TooMuch();
    }
    SortedMap<String, boolean[]> heard = new TreeMap<>();
    for (Row row : rows) {
      boolean[] asked = new boolean[hours.count()];
      for (Number begin : row.<Number>list("begins")) {
        asked[hours.bucketOf(begin.longValue())] = true;
      }
      heard.put(row.text("region"), asked);
    }
    return heard;
  }

  /** Names of the services that were asked anything, at most 1,000. */
  List<String> services(String tenant, String region, Buckets buckets) {
    String text = SERVICES.formatted(points(buckets.step()), SERVICES_MAX);
    return query.rows(about(text, tenant, region, List.of(), buckets)).stream()
        .map(row -> row.text("service"))
        .toList();
  }

  private static String points(Step step) {
    return switch (step) {
      case HOUR -> HOURS;
      case MINUTE -> SHORT.formatted("red_1m", "minute", MINE);
      case TEN_SECONDS -> SHORT.formatted("red_10s", "slice", MINE);
    };
  }

  private static Sql about(
      String text, String tenant, String region, List<String> services, Buckets buckets) {
    return Sql.of(text)
        .with("tenant", tenant)
        .with("region", region)
        .with("services", services)
        .with("from", buckets.from().getEpochSecond())
        .with("to", buckets.to().getEpochSecond());
  }

  private static Course course(Row row, Buckets buckets) {
    List<Number> begins = row.list("begins");
    List<Number> counts = row.list("counts");
    List<Number> peaks = row.list("peaks");
    Course course = new Course(new long[buckets.count()], new long[buckets.count()]);
    for (int i = 0; i < begins.size(); i++) {
      int bucket = buckets.bucketOf(begins.get(i).longValue());
      course.requests()[bucket] = counts.get(i).longValue();
      course.busiest()[bucket] = peaks.get(i).longValue();
    }
    return course;
  }
}
