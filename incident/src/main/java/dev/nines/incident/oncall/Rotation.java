// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * People take turns. All units turn by the wall clock: a turn of 8 h from 00:00 hands over at 08:00
 * on the day of a clock change too, and lasts 7 or 9 h then. Months count from the anchor, so that
 * a turn from the 31st comes back to the 31st.
 *
 * <p>A hand-over is one instant, the start of the next turn; at it the next has the duty.
 *
 * @param start local; before it nobody has the duty
 * @param handover time of day; the anchor of all turns is the last one at or before {@code start}
 * @param length of a turn in units, from 1
 * @param participants names of users, in order; the first has the first turn
 */
public record Rotation(
    LocalDateTime start, LocalTime handover, Unit unit, int length, List<String> participants) {

  /** What a turn is counted in. */
  public enum Unit {
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    WEEK(ChronoUnit.WEEKS),
    MONTH(ChronoUnit.MONTHS);

    private final ChronoUnit unit;

    Unit(ChronoUnit unit) {
      this.unit = unit;
    }
  }

  public Rotation {
    participants = List.copyOf(participants);
  }

  /** Whose turn it is; empty before the start. */
  Optional<String> at(Instant instant, WallClock clock) {
    if (instant.isBefore(clock.start(start))) {
      return Optional.empty();
    }
    long turn = turn(instant, clock);
    return Optional.of(participants.get(Math.toIntExact(turn % participants.size())));
  }

  /** The first hand-over after an instant. */
  Instant next(Instant instant, WallClock clock) {
    Instant begin = clock.start(start);
    return instant.isBefore(begin) ? begin : clock.start(begins(turn(instant, clock) + 1));
  }

  /** The last turn that has begun, from 0. Turns that fall into a gap of the clock are empty. */
  private long turn(Instant instant, WallClock clock) {
    long turn = unit.unit.between(anchor(), clock.at(instant)) / length;
    while (clock.start(begins(turn)).isAfter(instant)) {
      turn--;
    }
    while (!clock.start(begins(turn + 1)).isAfter(instant)) {
      turn++;
    }
    return turn;
  }

  private LocalDateTime begins(long turn) {
    return anchor().plus(turn * length, unit.unit);
  }

  private LocalDateTime anchor() {
    LocalDateTime sameDay = start.toLocalDate().atTime(handover);
    return sameDay.isAfter(start) ? sameDay.minusDays(1) : sameDay;
  }
}
