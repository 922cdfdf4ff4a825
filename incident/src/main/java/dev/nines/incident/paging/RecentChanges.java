// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.incident.response.Incident;
import dev.nines.journal.Sql;
import dev.nines.objectives.ChangeEvent;
import dev.nines.objectives.SloStatus;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Changes that may be why an incident began: those of its service shortly before. */
public final class RecentChanges {

  /** Of an incident: the newest are the likeliest. */
  private static final int NAMED_MAX = 3;

  public static final Duration LOOK_BACK = Duration.ofMinutes(30);

  private static final String KEEP =
      """
      INSERT INTO recent_change (tenant, id, service, version, region, kind, summary, at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";

  private static final String FORGET =
      "DELETE FROM recent_change WHERE kept_at < clock_timestamp() - INTERVAL '7 days'";

  private static final String BEFORE =
      """
      SELECT id, tenant, service, version, region, kind, summary, at FROM recent_change
      WHERE tenant = ? AND service = ? AND at >= ? AND at <= ?
      ORDER BY at DESC, id LIMIT 100""";

  private RecentChanges() {}

  /** For a week; a repeat changes nothing. */
  static void keep(Connection tx, ChangeEvent change) throws SQLException {
    Sql.update(tx, FORGET);
    Sql.update(
        tx,
        KEEP,
        change.tenant(),
        change.id(),
        change.service(),
        change.version(),
        change.region(),
        change.kind(),
        change.summary(),
        change.at());
  }

  /**
   * Newest first, at most three: of the 30 min before the run's alert began, everywhere or in one
   * of the regions that burn.
   */
  public static List<ChangeEvent> before(Connection tx, Incident incident) throws SQLException {
    String service = service(incident);
    if (service.isEmpty()) {
      return List.of();
    }
    Instant to = incident.burned().policyTrueAt();
    Instant from = to.minus(LOOK_BACK);
    Set<String> scopes =
        incident.conditions().stream().map(each -> each.scope()).collect(Collectors.toSet());
    return Sql.rows(tx, BEFORE, RecentChanges::read, incident.tenant(), service, from, to).stream()
        .filter(
            change ->
                change.region().isEmpty()
                    || scopes.contains(change.region())
                    || scopes.contains(SloStatus.GLOBAL))
        .limit(NAMED_MAX)
        .toList();
  }

  /** For example {@code deploy of checkout 1.42.0 in eu-west-1, 4 min before}. */
  public static String words(ChangeEvent change, Instant burnedAt) {
    String what =
        "%s of %s %s"
            .formatted(change.kind().toLowerCase(Locale.ROOT), change.service(), change.version())
            .strip();
    String where = change.region().isEmpty() ? "" : " in " + change.region();
    return what + where + ", " + before(Duration.between(change.at(), burnedAt));
  }

  private static String before(Duration ago) {
    return ago.toSeconds() < 120 ? ago.toSeconds() + " s before" : ago.toMinutes() + " min before";
  }

  private static String service(Incident incident) {
    return incident.conditions().stream()
        .flatMap(condition -> condition.service().stream())
        .findFirst()
        .orElse("");
  }

  private static ChangeEvent read(ResultSet row) throws SQLException {
    return new ChangeEvent(
        row.getString("id"),
        row.getString("tenant"),
        row.getString("service"),
        row.getString("version"),
        row.getString("region"),
        row.getString("kind"),
        row.getString("summary"),
        Sql.instant(row, "at"));
  }
}
