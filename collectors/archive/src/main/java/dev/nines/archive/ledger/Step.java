// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.ledger;

import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Lengths of the ledger's slices, by the clocks of a zone. */
enum Step {
  MINUTE(1_440, Duration.ofHours(1), Slices.LEDGER_SECONDS),
  HOUR(744, Duration.ofDays(1), Slices.LEDGER_SECONDS * 15),
  DAY(31, Duration.ofDays(7), Slices.LEDGER_SECONDS * 15);

  private final int most;
  private final Duration usual;
  private final long cellSeconds;

  /**
   * @param most slices of a page
   * @param usual range where none is asked for
   * @param cellSeconds what is summed in the store: all clocks are whole quarters from UTC
   */
  Step(int most, Duration usual, long cellSeconds) {
    this.most = most;
    this.usual = usual;
    this.cellSeconds = cellSeconds;
  }

  /**
   * @throws IllegalArgumentException when there is no such step
   */
  static Step of(String word) {
    return Arrays.stream(values())
        .filter(step -> step.word().equals(word))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("step: minute, hour or day, not '" + word + "'"));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  int most() {
    return most;
  }

  Duration usual() {
    return usual;
  }

  long cellSeconds() {
    return cellSeconds;
  }

  /** Of an SLO's calendar; UTC where its period rolls. */
  static ZoneId zone(Slo slo) {
    return slo.period() instanceof CalendarWindow calendar ? calendar.zone() : ZoneOffset.UTC;
  }

  /** Bounds of slices: the first holds {@code from}, the last ends at or behind {@code to}. */
  List<Long> bounds(Instant from, Instant to, ZoneId zone, int slices) {
    List<Long> bounds = new ArrayList<>();
    bounds.add(floor(from, zone));
    while (bounds.getLast() < to.getEpochSecond() + (to.getNano() > 0 ? 1 : 0)
        && bounds.size() <= slices) {
      bounds.add(next(bounds.getLast(), zone));
    }
    return bounds;
  }

  private long floor(Instant at, ZoneId zone) {
    return switch (this) {
      case MINUTE -> Slices.floor(at.getEpochSecond(), Slices.LEDGER_SECONDS);
      case HOUR -> {
        long ahead = zone.getRules().getOffset(at).getTotalSeconds();
        yield Slices.floor(at.getEpochSecond() + ahead, Duration.ofHours(1).toSeconds()) - ahead;
      }
      case DAY -> midnight(LocalDate.ofInstant(at, zone), zone);
    };
  }

  private long next(long bound, ZoneId zone) {
    return switch (this) {
      case MINUTE -> bound + Slices.LEDGER_SECONDS;
      case HOUR -> bound + Duration.ofHours(1).toSeconds();
      case DAY ->
          midnight(LocalDate.ofInstant(Instant.ofEpochSecond(bound), zone).plusDays(1), zone);
    };
  }

  private static long midnight(LocalDate date, ZoneId zone) {
    return date.atStartOfDay(zone).toEpochSecond();
  }
}
