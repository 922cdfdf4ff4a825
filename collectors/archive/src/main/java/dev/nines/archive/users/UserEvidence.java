// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.users;

import dev.nines.archive.Conditions;
import dev.nines.archive.Evidence;
import dev.nines.archive.EvidenceScope;
import dev.nines.archive.IndicatorSql;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.util.List;

/**
 * When users were up and down, by the spans that are stored. From one of a user's events to the
 * next the user is up if the first was good and down if it was bad, and is not there if they are
 * further apart than the cutoff. Of events in one millisecond a bad one is the last.
 */
public final class UserEvidence {

  private final Query query;

  public UserEvidence(Query query) {
    this.query = query;
  }

  /**
   * @param withoutUser selected spans that lack the attribute
   * @param gapP99Millis a user's time between two events that 99 % do not exceed: of n sorted ones
   *     that at index floor(0.99 n); 0 where no user has two
   * @param sampled some span stands for more than itself
   */
  record Users(
      long users, long requests, long bad, long withoutUser, long gapP99Millis, boolean sampled) {}

  Users users(EvidenceScope scope, String attribute) {
    Conditions where = new Conditions();
    String statement =
        """
        SELECT uniqExactIf(user, user != '') AS users, countIf(user != '') AS requests,
          countIf(user != '' AND is_bad) AS bad, countIf(user = '') AS without_user,
          quantileExactIf(0.99)(next - at, user != '' AND next >= 0) AS gap,
          max(stands_for) > 1 AS sampled
        FROM (%s)
        """
            .formatted(gaps(where, scope, attribute));
    Row row = query.one(where.sql(statement));
    return new Users(
        row.number("users"),
        row.number("requests"),
        row.number("bad"),
        row.number("without_user"),
        row.number("gap"),
        row.number("sampled") > 0);
  }

  /** Minutes in which some user was there, in their order. */
  Evidence<List<UserMinute>> minutes(EvidenceScope scope, String attribute, long cutoffMillis) {
    Conditions where = new Conditions();
    String gaps = gaps(where, scope, attribute);
    String statement =
        """
        SELECT minute, sumIf(part, NOT is_bad) AS up, sumIf(part, is_bad) AS down
        FROM (
          SELECT is_bad,
            arrayJoin(range(toUInt64(intDiv(at, 60000)), toUInt64(intDiv(next - 1, 60000)) + 1)) AS minute,
            least(next, toInt64(minute + 1) * 60000) - greatest(at, toInt64(minute) * 60000) AS part
          FROM (%s)
          WHERE user != '' AND next > at AND next - at <= %s)
        GROUP BY minute
        ORDER BY minute
        """
            .formatted(gaps, where.parameter("Int64", cutoffMillis));
    Sql sql = where.sql(statement);
    return new Evidence<>(
        query.rows(sql).stream().map(UserEvidence::minute).toList(), sql.readable());
  }

  /** Each event with the instant of the user's next one, -1 where there is none. */
  private static String gaps(Conditions where, EvidenceScope scope, String attribute) {
    IndicatorSql indicator = new IndicatorSql(where);
    indicator.select(scope);
    String bad = indicator.bad(scope.indicator().bad());
    return """
    SELECT user, at, is_bad, stands_for,
      leadInFrame(at, 1, toInt64(-1)) OVER (PARTITION BY user ORDER BY at, is_bad
        ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next
    FROM (
      SELECT %s AS user, toUnixTimestamp64Milli(end) AS at, %s AS is_bad, adjusted_count AS stands_for
      FROM spans
      WHERE %s)"""
        .formatted(indicator.value(attribute), bad, where.text());
  }

  private static UserMinute minute(Row row) {
    return new UserMinute(row.number("minute"), row.number("up"), row.number("down"));
  }
}
