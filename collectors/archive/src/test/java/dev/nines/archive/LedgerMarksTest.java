// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.archive.ledger.LedgerCells;
import dev.nines.archive.ledger.LedgerResource;
import dev.nines.archive.ledger.LedgerRevisions;
import dev.nines.archive.ledger.LedgerRevisions.Revision;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.access.Principal;
import dev.nines.warehouse.Sql;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A line whose past came in very many stretches. */
class LedgerMarksTest extends TableTest {

  private static final Instant FROM = Instant.parse("2026-11-03T00:00:00Z");
  private static final int HOURS = 48;
  private static final Instant KNOWN = FROM.plus(Duration.ofHours(HOURS + 1));

  /**
   * The first line counted 9 good of 10 in each minute and region; the second finds all good, hour
   * by hour from the newest on, and 20,000 minutes before them one by one.
   */
  @Test
  void stretchesBeforeTheRangeAreOneMark() {
    String regions = "toString(number % 4)";
    int rows = 4 * 60 * HOURS;
    ledger(regions, 1, FROM, 15, rows, 9, "ON_TIME", "toUnixTimestamp(minute) + 90");
    String byHour = "%d + %d - intDiv(toUnixTimestamp(minute), 3600)";
    String known = byHour.formatted(KNOWN.getEpochSecond(), KNOWN.getEpochSecond() / 3_600);
    ledger(regions, 2, FROM, 15, rows, 10, "RECOUNT", known);
    ledger("''", 2, FROM, 3_600, HOURS, 0, "RECOUNT", known);
    List<Revision> few = revisions();
    assertThat(few)
        .hasSize(4 * HOURS)
        .allMatch(revision -> revision.cause() == Cause.RECOUNT)
        .extracting(revision -> revision.after().good())
        .endsWith(10L * rows);
    Instant before = FROM.minusSeconds(60 * 20_000);
    ledger("''", 2, before, 60, 20_000, 0, "RECOUNT", seconds(90));
    assertThat(revisions()).isEqualTo(few);
    ledger("''", 2, before, 60, 20_000, 0, "RECOUNT", seconds(-9));
    assertThat(revisions())
        .as("what the first line counted goes at once, by marks that were known first")
        .hasSize(4 + 4 * HOURS)
        .element(3)
        .satisfies(
            revision -> {
              assertThat(revision.knownAt()).isEqualTo(KNOWN.minusSeconds(9));
              assertThat(revision.after().total()).isZero();
            });
  }

  private static String seconds(long behind) {
    return Long.toString(KNOWN.getEpochSecond() + behind);
  }

  private List<Revision> revisions() {
    LedgerResource resource =
        new LedgerResource(
            () -> new Principal("acme", "ann", "", Set.of(Principal.Right.READ)),
            (id, at) -> Optional.of(slo()),
            new LedgerCells(query),
            new LedgerRevisions(query),
            () -> KNOWN.plusSeconds(3_600));
    String to = FROM.plus(Duration.ofHours(HOURS)).toString();
    LedgerResource.History page =
        resource.revisions("marks", FROM.toString(), to, null, "global", null, "measured");
    assertThat(page.next()).isNull();
    return page.revisions();
  }

  private void ledger(
      String scope,
      long line,
      Instant from,
      int stepSeconds,
      int rows,
      long good,
      String cause,
      String known) {
    query.execute(
        Sql.of(
                """
                INSERT INTO ledger (tenant, slo, scope, line, minute, good, total, cause, known_at,
                  task, seq, logged_at)
                SELECT 'acme', 'marks', SCOPE, {line:UInt64},
                  toStartOfMinute(toDateTime({from:Int64} + number * {step:Int64}, 'UTC')) AS minute,
                  {good:Int64}, {good:Int64} > 0 ? 10 : 0, {cause:String},
                  toDateTime64(KNOWN, 3, 'UTC'), '0_1', number, now64(3)
                FROM numbers({rows:UInt64})"""
                    .replace("SCOPE", scope)
                    .replace("KNOWN", known))
            .with("line", line)
            .with("from", from.getEpochSecond())
            .with("step", (long) stepSeconds)
            .with("good", good)
            .with("cause", cause)
            .with("rows", (long) rows));
  }

  private static Slo slo() {
    return new Slo(
        new SloId("acme", "marks"),
        2,
        "shop",
        "marks",
        "",
        Map.of(),
        new SpanIndicator("shop", "", "", Map.of(), new SpanPredicate.StatusError()),
        new BigDecimal("0.9"),
        new RollingWindow(Duration.ofDays(7)),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }
}
