// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.archive.Conditions;
import java.time.Instant;
import java.util.List;

/**
 * Series of one metric.
 *
 * @param region empty for all; a token that is good in one region sees nothing else
 * @param since series that were seen at this time or later, about
 */
record SeriesSelector(
    String tenant, String region, String metric, List<Match> matches, Instant since) {

  /** For rows of {@code metric_series}. */
  Conditions where() {
    Conditions where = new Conditions();
    where.add("tenant = {tenant:String}", "tenant", tenant);
    where.add("metric = {metric:String}", "metric", metric);
    where.addText("region", region);
    where.add(
        "appended_on >= toDate(fromUnixTimestamp64Milli({since:Int64}, 'UTC')) - 1",
        "since",
        since.toEpochMilli());
    for (Match match : matches) {
      where.add(match.label().sql(where) + " = " + where.parameter("String", match.value()));
    }
    return where;
  }
}
