// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.incident.oncall.Restriction.Daily;
import dev.nines.incident.oncall.Restriction.Weekly;
import dev.nines.incident.oncall.Roster.Segment;
import dev.nines.incident.oncall.Roster.Version;
import dev.nines.incident.oncall.Rotation.Unit;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The resolver against the minute walk. */
class ScheduleOracleTest {

  /** By their ways to change the clock: by half an hour, at midnight, a whole day, backwards. */
  private static final List<ZoneId> ZONES =
      Stream.of(
              "America/New_York",
              "Europe/Berlin",
              "Europe/Dublin",
              "Australia/Lord_Howe",
              "America/Santiago",
              "Africa/Casablanca",
              "Asia/Kathmandu",
              "Africa/Cairo",
              "Pacific/Apia",
              "America/St_Johns",
              "Asia/Gaza",
              "UTC")
          .map(ZoneId::of)
          .toList();

  private static final Instant APIA_SKIPS_A_DAY = Instant.parse("2011-12-30T10:00:00Z");

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  @Test
  void randomSchedulesAroundClockChangesAgreeMinuteByMinute() {
    for (int i = 0; i < 150; i++) {
      ZoneId zone = any(ZONES);
      Instant from = aroundAChange(zone).minus(4 + random.nextInt(8), ChronoUnit.DAYS);
      checkAgreement(zone, from, from.plus(14, ChronoUnit.DAYS), Duration.ofDays(9));
    }
  }

  @Test
  void everyClockChangeOfEveryZoneUntil2040AgreesMinuteByMinute() {
    Set<ZoneOffsetTransition> seen = new HashSet<>();
    for (String id : new TreeSet<>(ZoneId.getAvailableZoneIds())) {
      ZoneId zone = ZoneId.of(id);
      for (ZoneOffsetTransition change : MinuteWalk.clockChanges(zone)) {
        if (seen.add(change)) {
          Instant from = change.getInstant().minus(20, ChronoUnit.HOURS);
          checkAgreement(zone, from, from.plus(40, ChronoUnit.HOURS), Duration.ofDays(1));
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(500);
  }

  /**
   * @param starts rotations begin this long before and after {@code from}
   */
  private void checkAgreement(ZoneId zone, Instant from, Instant to, Duration starts) {
    Instant walked = from.minus(starts).minus(3, ChronoUnit.HOURS);
    MinuteWalk walk = new MinuteWalk(zone, walked, to.plus(2, ChronoUnit.DAYS));
    Schedule schedule = schedule(zone, from.minus(starts), starts.multipliedBy(2));
    String[] expected = walk.duty(schedule);
    Roster roster = new Roster(List.of(new Version(Instant.EPOCH, schedule)), List.of());
    List<Segment> timeline = roster.timeline(from, to).orElseThrow();
    assertThat(timeline.getFirst().from()).isEqualTo(from);
    assertThat(timeline.getLast().to()).isEqualTo(to);
    int first = Math.toIntExact(Duration.between(walked, from).toMinutes());
    int index = 0;
    for (int i = first; walk.instant(i).isBefore(to); i++) {
      Instant at = walk.instant(i);
      while (!at.isBefore(timeline.get(index).to())) {
        index++;
      }
      String here = user(timeline.get(index).duty());
      if (!Objects.equals(here, expected[i])
          || (i % 29 == 0 && !timeline.get(index).duty().equals(roster.at(at)))) {
        throw new AssertionError(
            "seed %d, %s at %s: walk %s, resolver %s, timeline %s; %s"
                .formatted(
                    seed,
                    zone,
                    at.atZone(zone),
                    expected[i],
                    roster.at(at),
                    timeline.get(index),
                    schedule));
      }
    }
  }

  private static @Nullable String user(Duty duty) {
    return duty instanceof Duty.OnCall(String user, String by) ? user : null;
  }

  private Schedule schedule(ZoneId zone, Instant from, Duration starts) {
    LocalDateTime earliest = LocalDateTime.ofInstant(from, zone);
    List<Layer> layers =
        IntStream.range(0, 1 + random.nextInt(3))
            .mapToObj(i -> new Layer("l" + i, rotation("l" + i, earliest, starts), restrictions()))
            .toList();
    return new Schedule(zone, layers);
  }

  private Rotation rotation(String name, LocalDateTime earliest, Duration starts) {
    Unit unit = any(List.of(Unit.HOUR, Unit.HOUR, Unit.DAY, Unit.DAY, Unit.WEEK, Unit.MONTH));
    LocalDateTime start = earliest.plusMinutes(random.nextLong(starts.toMinutes()));
    List<String> people =
        IntStream.range(0, 1 + random.nextInt(4)).mapToObj(i -> name + "-" + i).toList();
    return new Rotation(
        start, nightly(), unit, 1 + random.nextInt(unit == Unit.HOUR ? 14 : 3), people);
  }

  private List<Restriction> restrictions() {
    List<Restriction> restrictions = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      LocalTime from = nightly();
      LocalTime to = nightly();
      if (random.nextBoolean()) {
        Set<DayOfWeek> days = EnumSet.allOf(DayOfWeek.class);
        days.removeIf(day -> random.nextInt(4) == 0 && day != DayOfWeek.SUNDAY);
        restrictions.add(new Daily(days, from, to));
      } else {
        restrictions.add(new Weekly(any(DAYS), from, any(DAYS), to));
      }
    }
    return restrictions;
  }

  private static final List<DayOfWeek> DAYS = List.of(DayOfWeek.values());

  /** Clocks change at night: most times are there. */
  private LocalTime nightly() {
    int minutes = random.nextInt(3) == 0 ? random.nextInt(24 * 60) : random.nextInt(4 * 60);
    return LocalTime.ofSecondOfDay(60L * (random.nextBoolean() ? minutes / 30 * 30 : minutes));
  }

  private Instant aroundAChange(ZoneId zone) {
    if (zone.getId().equals("Pacific/Apia")) {
      return APIA_SKIPS_A_DAY;
    }
    List<ZoneOffsetTransition> changes = MinuteWalk.clockChanges(zone);
    return changes.isEmpty() ? Instant.parse("2026-05-01T00:00:00Z") : any(changes).getInstant();
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
