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
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The measured vectors of local time, and the order of layers and overrides. */
class ScheduleVectorsTest {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @Test
  void aWeekAcrossTheClockChangeHandsOverAtTheSameLocalTime() {
    Rotation weekly = rotation("2026-03-06T09:00", Unit.WEEK, 1, "ann", "bob");
    WallClock clock = new WallClock(NEW_YORK);
    Instant handover = weekly.next(at("2026-03-06T15:00:00Z"), clock);
    assertThat(handover).isEqualTo("2026-03-13T13:00:00Z");
    assertThat(clock.at(handover)).isEqualTo("2026-03-13T09:00");
    assertThat(Duration.between(at("2026-03-06T14:00:00Z"), handover).toHours()).isEqualTo(167);
  }

  @Test
  void monthsCountFromTheAnchor() {
    Rotation monthly = rotation("2026-01-31T09:00", Unit.MONTH, 1, "ann", "bob", "cid");
    WallClock clock = new WallClock(NEW_YORK);
    Instant second = monthly.next(at("2026-02-01T00:00:00Z"), clock);
    assertThat(clock.at(second)).isEqualTo("2026-02-28T09:00");
    assertThat(clock.at(monthly.next(second, clock))).isEqualTo("2026-03-31T09:00");
  }

  @Test
  void aLocalTimeThatDoesNotExistIsTheFirstInstantThatDoes() {
    WallClock newYork = new WallClock(NEW_YORK);
    assertThat(newYork.start(local("2026-03-08T02:30"))).isEqualTo("2026-03-08T07:00:00Z");
    assertThat(newYork.at(at("2026-03-08T07:00:00Z"))).isEqualTo("2026-03-08T03:00");
    assertThat(newYork.end(local("2026-03-08T02:30"))).isEqualTo("2026-03-08T07:00:00Z");
    WallClock lordHowe = new WallClock(ZoneId.of("Australia/Lord_Howe"));
    assertThat(lordHowe.at(lordHowe.start(local("2026-10-04T02:15"))))
        .isEqualTo("2026-10-04T02:30");
    WallClock santiago = new WallClock(ZoneId.of("America/Santiago"));
    assertThat(santiago.at(santiago.start(local("2026-09-06T00:00"))))
        .isEqualTo("2026-09-06T01:00");
  }

  @Test
  void aLocalTimeThatComesTwiceStartsAtTheFirstAndEndsAtTheSecond() {
    WallClock clock = new WallClock(NEW_YORK);
    assertThat(clock.start(local("2026-11-01T01:30"))).isEqualTo("2026-11-01T05:30:00Z");
    assertThat(clock.end(local("2026-11-01T01:30"))).isEqualTo("2026-11-01T06:30:00Z");
  }

  @Test
  void noHoleOpensBetweenAnEndAndAStartThatComeTwice() {
    Schedule schedule =
        new Schedule(
            NEW_YORK,
            List.of(
                layer("late", "ann", daily("20:00", "01:30")),
                layer("early", "bob", daily("01:30", "09:00"))));
    Roster roster = new Roster(List.of(new Version(Instant.EPOCH, schedule)), List.of());
    assertThat(roster.timeline(at("2026-11-01T04:00:00Z"), at("2026-11-01T08:00:00Z")))
        .hasValue(
            List.of(
                segment("2026-11-01T04:00:00Z", "2026-11-01T05:30:00Z", "ann", "layer/late"),
                segment("2026-11-01T05:30:00Z", "2026-11-01T08:00:00Z", "bob", "layer/early")));
  }

  @Test
  void aHandoverThatComesTwiceIsTheFirstAndOneThatDoesNotExistComesWithTheClock() {
    Schedule schedule =
        new Schedule(
            NEW_YORK, List.of(layer(rotation("2026-02-01T01:30", Unit.DAY, 1, "ann", "bob"))));
    assertThat(handovers(schedule, "2026-11-01T04:00:00Z", "2026-11-02T04:00:00Z"))
        .containsExactly(at("2026-11-01T05:30:00Z"));
    Schedule missing =
        new Schedule(
            NEW_YORK, List.of(layer(rotation("2026-02-01T02:30", Unit.DAY, 1, "ann", "bob"))));
    assertThat(handovers(missing, "2026-03-08T05:00:00Z", "2026-03-09T05:00:00Z"))
        .containsExactly(at("2026-03-08T07:00:00Z"));
  }

  @Test
  void daysOfTwentyThreeAndTwentyFiveHoursAreOneTurnEach() {
    Schedule schedule =
        new Schedule(
            NEW_YORK, List.of(layer(rotation("2026-03-01T00:00", Unit.DAY, 1, "ann", "bob"))));
    assertThat(lengths(schedule, "2026-03-08T05:00:00Z", "2026-03-10T04:00:00Z"))
        .containsExactly(Duration.ofHours(23), Duration.ofHours(24));
    assertThat(lengths(schedule, "2026-11-01T04:00:00Z", "2026-11-03T05:00:00Z"))
        .containsExactly(Duration.ofHours(25), Duration.ofHours(24));
  }

  @Test
  void hoursTurnByTheWallClock() {
    Schedule schedule =
        new Schedule(
            NEW_YORK,
            List.of(layer(rotation("2026-03-01T00:00", Unit.HOUR, 8, "ann", "bob", "cid"))));
    assertThat(lengths(schedule, "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"))
        .containsExactly(Duration.ofHours(7), Duration.ofHours(8), Duration.ofHours(8));
  }

  @Test
  void atTheInstantOfTheHandoverTheNextHasIt() {
    Schedule schedule =
        new Schedule(
            NEW_YORK, List.of(layer(rotation("2026-06-01T09:00", Unit.DAY, 1, "ann", "bob"))));
    assertThat(schedule.at(at("2026-06-02T12:59:59.999999999Z"))).isEqualTo(on("ann", "layer/l"));
    assertThat(schedule.at(at("2026-06-02T13:00:00Z"))).isEqualTo(on("bob", "layer/l"));
  }

  @Test
  void theTimeOfTheHandoverMayDifferFromTheStart() {
    Rotation rotation =
        new Rotation(
            local("2026-06-03T15:00"), LocalTime.of(9, 0), Unit.DAY, 1, List.of("ann", "bob"));
    Schedule schedule = new Schedule(NEW_YORK, List.of(layer(rotation)));
    assertThat(schedule.at(at("2026-06-03T18:59:00Z"))).isInstanceOf(Duty.Gap.class);
    assertThat(schedule.at(at("2026-06-03T19:00:00Z"))).isEqualTo(on("ann", "layer/l"));
    assertThat(schedule.at(at("2026-06-04T13:00:00Z"))).isEqualTo(on("bob", "layer/l"));
  }

  @Test
  void overridesGoBeforeLayersAndLaterLayersBeforeEarlier() {
    Schedule schedule =
        new Schedule(
            NEW_YORK,
            List.of(
                layer("base", "ann"),
                layer(
                    "weekend",
                    "bob",
                    new Weekly(
                        DayOfWeek.FRIDAY,
                        LocalTime.of(18, 0),
                        DayOfWeek.MONDAY,
                        LocalTime.of(8, 0)))));
    Cover cover = new Cover("1", "cid", at("2026-06-06T10:00:00Z"), at("2026-06-06T12:00:00Z"));
    Cover later = new Cover("2", "dan", at("2026-06-06T11:00:00Z"), at("2026-06-06T12:00:00Z"));
    Roster roster =
        new Roster(List.of(new Version(Instant.EPOCH, schedule)), List.of(cover, later));
    assertThat(roster.timeline(at("2026-06-05T12:00:00Z"), at("2026-06-08T18:00:00Z")))
        .hasValue(
            List.of(
                segment("2026-06-05T12:00:00Z", "2026-06-05T22:00:00Z", "ann", "layer/base"),
                segment("2026-06-05T22:00:00Z", "2026-06-06T10:00:00Z", "bob", "layer/weekend"),
                segment("2026-06-06T10:00:00Z", "2026-06-06T11:00:00Z", "cid", "override/1"),
                segment("2026-06-06T11:00:00Z", "2026-06-06T12:00:00Z", "dan", "override/2"),
                segment("2026-06-06T12:00:00Z", "2026-06-08T12:00:00Z", "bob", "layer/weekend"),
                segment("2026-06-08T12:00:00Z", "2026-06-08T18:00:00Z", "ann", "layer/base")));
  }

  @Test
  void whatWasTrueStaysTrueWhenTheScheduleChanges() {
    Schedule before = new Schedule(NEW_YORK, List.of(layer("base", "ann")));
    Schedule after = new Schedule(NEW_YORK, List.of(layer("base", "bob")));
    Roster roster =
        new Roster(
            List.of(
                new Version(at("2026-06-01T00:00:00Z"), before),
                new Version(at("2026-06-02T00:00:00Z"), after),
                new Version(at("2026-06-03T00:00:00Z"), null)),
            List.of());
    assertThat(roster.timeline(at("2026-05-31T00:00:00Z"), at("2026-06-04T00:00:00Z")))
        .hasValue(
            List.of(
                new Segment(
                    at("2026-05-31T00:00:00Z"),
                    at("2026-06-01T00:00:00Z"),
                    new Duty.Gap("the schedule did not exist yet")),
                segment("2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", "ann", "layer/base"),
                segment("2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z", "bob", "layer/base"),
                new Segment(
                    at("2026-06-03T00:00:00Z"),
                    at("2026-06-04T00:00:00Z"),
                    new Duty.Gap("the schedule was deleted"))));
  }

  @Test
  void anAnswerThatIsTooLongIsRefused() {
    Schedule hourly =
        new Schedule(
            NEW_YORK, List.of(layer(rotation("2026-01-01T00:00", Unit.HOUR, 1, "ann", "bob"))));
    Roster roster = new Roster(List.of(new Version(Instant.EPOCH, hourly)), List.of());
    assertThat(roster.timeline(at("2026-01-01T05:00:00Z"), at("2027-06-01T00:00:00Z"))).isEmpty();
    assertThat(roster.timeline(at("2026-01-01T05:00:00Z"), at("2027-01-01T05:00:00Z")))
        .hasValueSatisfying(segments -> assertThat(segments).hasSizeBetween(8_750, 8_761));
  }

  private static List<Instant> handovers(Schedule schedule, String from, String to) {
    return segments(schedule, from, to).stream().skip(1).map(Segment::from).toList();
  }

  private static List<Duration> lengths(Schedule schedule, String from, String to) {
    return segments(schedule, from, to).stream()
        .map(segment -> Duration.between(segment.from(), segment.to()))
        .toList();
  }

  private static List<Segment> segments(Schedule schedule, String from, String to) {
    Roster roster = new Roster(List.of(new Version(Instant.EPOCH, schedule)), List.of());
    return roster.timeline(at(from), at(to)).orElseThrow();
  }

  private static Layer layer(String name, String user, Restriction... restrictions) {
    return new Layer(name, rotation("2026-01-01T00:00", Unit.WEEK, 1, user), List.of(restrictions));
  }

  private static Layer layer(Rotation rotation) {
    return new Layer("l", rotation, List.of());
  }

  private static Rotation rotation(String start, Unit unit, int length, String... people) {
    LocalDateTime local = local(start);
    return new Rotation(local, local.toLocalTime(), unit, length, List.of(people));
  }

  private static Daily daily(String from, String to) {
    return new Daily(EnumSet.allOf(DayOfWeek.class), LocalTime.parse(from), LocalTime.parse(to));
  }

  private static Segment segment(String from, String to, String user, String by) {
    return new Segment(at(from), at(to), on(user, by));
  }

  private static Duty on(String user, String by) {
    return new Duty.OnCall(user, by);
  }

  private static LocalDateTime local(String text) {
    return LocalDateTime.parse(text);
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }
}
