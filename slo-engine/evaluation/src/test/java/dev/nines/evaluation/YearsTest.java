// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Budgets of years: all events of the year, however late they come, and none of the one before. */
class YearsTest {

  private static final int SECONDS = 400;
  private static final int BEFORE_SECONDS = 200;
  private static final long HOUR = 3_600;

  @TempDir Path state;

  private final List<long[]> sent = new ArrayList<>();
  private long seq;

  /**
   * Each crosses the end of a year: a leap one, one that begins between hours, one that began on
   * the 29th of February, one that rolls.
   *
   * @param next when the year ends, written down by hand
   */
  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00, America/New_York, 2029-01-01T05:00:00Z",
    "2026-03-01T00:00, Asia/Kolkata, 2027-02-28T18:30:00Z",
    "2024-02-29T09:00, Europe/Berlin, 2028-02-29T08:00:00Z",
    "'', UTC, 2027-01-01T00:00:00Z",
  })
  void everyEventOfTheYearIsInItAndNoOther(String first, ZoneId zone, Instant next) {
    String text = first.isEmpty() ? "PT8760H" : "%s[%s]/P12M".formatted(first, zone);
    Slo slo =
        Bench.over(TimeWindow.parse(text), Bench.slo("checkout", 1, "0.99", Duration.ofDays(28)));
    Instant start = next.minusSeconds(BEFORE_SECONDS);
    Revived task = new Revived(state, start.minus(Duration.ofDays(400)), slo);
    Random random = new Random(text.hashCode());
    int compared = 0;
    for (int second = 1; second <= SECONDS; second++) {
      Instant now = start.plusSeconds(second);
      task.tick(now);
      compared += compare(task, now, first, zone);
      if (random.nextInt(60) == 0) {
        task.die();
      }
      task.send(counts(slo, now, random));
    }
    assertThat(compared).isGreaterThan(60);
    assertThat(sent).hasSizeGreaterThan(1_000);
  }

  private Counts counts(Slo slo, Instant now, Random random) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 1 + random.nextInt(5); i > 0; i--) {
      long late = random.nextInt(3) == 0 ? random.nextLong(20) : random.nextLong(366 * 24 * HOUR);
      long slice = Math.floorDiv(now.getEpochSecond() - late, 10) * 10;
      long total = 1 + random.nextInt(9);
      long bad = random.nextLong(total + 1);
      cells.add(new Cell(slice, total - bad, total));
      sent.add(new long[] {slice, bad, total});
    }
    return new Counts(slo.id(), 1, "eu", now, cells, 0, "0_0", ++seq);
  }

  private int compare(Revived task, Instant now, String first, ZoneId zone) {
    Map<String, SloStatus> last = new HashMap<>();
    task.sent(ObjectiveTopics.SLO_STATUS, SloStatus.class)
        .filter(status -> status.asOf().equals(now))
        .forEach(status -> last.put(status.scope(), status));
    task.reset();
    long from =
        first.isEmpty()
            ? Math.floorDiv(now.minus(Duration.ofDays(365)).getEpochSecond(), HOUR) * HOUR
            : yearOf(LocalDateTime.parse(first), zone, now);
    long[] year = new long[2];
    for (long[] each : sent) {
      if (each[0] >= from) {
        year[0] += each[1];
        year[1] += each[2];
      }
    }
    for (SloStatus status : last.values()) {
      assertThat(status.periodFrom()).isEqualTo(Instant.ofEpochSecond(from));
      assertThat(List.of(status.total() - status.good(), status.total()))
          .as(status.scope() + " at " + now)
          .containsExactly(year[0], year[1]);
    }
    return last.size();
  }

  /** As one turns the pages of a calendar on the wall. */
  private static long yearOf(LocalDateTime first, ZoneId zone, Instant now) {
    for (int years = 0; ; years++) {
      if (first.plusYears(years + 1).atZone(zone).toInstant().isAfter(now)) {
        return first.plusYears(years).atZone(zone).toEpochSecond();
      }
    }
  }
}
