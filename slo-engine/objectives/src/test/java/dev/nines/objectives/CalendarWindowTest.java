// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarWindowTest {

  /** Minutes of {@code slo.md} 2.9: clocks change in March and November. */
  @ParameterizedTest
  @CsvSource({
    "P1M, 2026-02-10T00:00:00Z, 40320",
    "P1M, 2026-03-31T23:00:00Z, 44580",
    "P1M, 2026-11-01T04:00:00Z, 43260",
    "P3M, 2026-02-10T00:00:00Z, 129540",
    "P1D, 2026-03-08T12:00:00Z, 1380",
    "P1D, 2026-11-01T12:00:00Z, 1500",
    "P7D, 2026-11-01T12:00:00Z, 10140",
    "P12M, 2026-06-01T00:00:00Z, 525600",
    "P12M, 2028-06-01T00:00:00Z, 527040",
  })
  void monthsOfNewYork(String length, Instant at, long minutes) {
    TimeWindow window = TimeWindow.parse("2026-01-01T00:00[America/New_York]/" + length);
    long from = window.fromMillis(at.toEpochMilli());
    assertThat((window.endMillis(at.toEpochMilli()) - from) / 60_000).isEqualTo(minutes);
  }

  @Test
  void aWindowBeginsWithItsFirstInstant() {
    TimeWindow month = TimeWindow.parse("2026-01-01T00:00[Asia/Kolkata]/P1M");
    Instant april = Instant.parse("2026-03-31T18:30:00Z");
    assertThat(month.from(april)).isEqualTo(april);
    assertThat(month.from(april.minusMillis(1))).isEqualTo("2026-02-28T18:30:00Z");
    assertThat(month.endMillis(april.minusMillis(1).toEpochMilli()))
        .isEqualTo(april.toEpochMilli());
    assertThat(month.from(Instant.parse("2025-12-31T18:29:59Z"))).isEqualTo("2025-11-30T18:30:00Z");
  }

  /** A start on the 31st, one that the clocks skip, one that they show twice. */
  @ParameterizedTest
  @CsvSource({
    "2026-01-31T00:00[UTC]/P1M, 2026-03-01T00:00:00Z, 2026-02-28T00:00:00Z",
    "2026-01-31T00:00[UTC]/P1M, 2026-04-01T00:00:00Z, 2026-03-31T00:00:00Z",
    "2024-02-29T09:00[UTC]/P12M, 2027-06-01T00:00:00Z, 2027-02-28T09:00:00Z",
    "2024-02-29T09:00[UTC]/P12M, 2028-06-01T00:00:00Z, 2028-02-29T09:00:00Z",
    "2026-01-01T02:30[America/New_York]/P1D, 2026-03-08T12:00:00Z, 2026-03-08T07:30:00Z",
    "2026-01-01T01:30[America/New_York]/P1D, 2026-11-01T12:00:00Z, 2026-11-01T05:30:00Z",
    "2026-01-01T00:00[Australia/Lord_Howe]/P1D, 2026-04-06T00:00:00Z, 2026-04-05T13:30:00Z",
  })
  void oddStarts(String window, Instant at, Instant from) {
    assertThat(TimeWindow.parse(window).from(at)).isEqualTo(from);
  }

  /** Counted by walking the local days of the zone, one by one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTC",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Etc/GMT+12"
      })
  void windowsFollowEachOtherAsTheDaysDo(String zone) {
    Random random = new Random(zone.hashCode());
    for (String length : List.of("P1D", "P7D", "P10D", "P1M", "P2M", "P3M", "P12M")) {
      LocalDateTime first =
          LocalDateTime.of(2026, 1 + random.nextInt(12), 1 + random.nextInt(28), 0, 0);
      TimeWindow window = TimeWindow.parse(first + "[" + zone + "]/" + length);
      List<Long> starts = starts(first, ZoneId.of(zone), length);
      for (int i = 0; i < 200; i++) {
        int k = random.nextInt(starts.size() - 1);
        long from = starts.get(k);
        long end = starts.get(k + 1);
        long at = i % 3 == 0 ? from : i % 3 == 1 ? end - 1 : random.nextLong(from, end);
        assertThat(window.fromMillis(at)).as("%s at %s", window, at).isEqualTo(from);
        assertThat(window.endMillis(at)).as("%s at %s", window, at).isEqualTo(end);
        Duration length2 = Duration.ofMillis(end - from);
        assertThat(length2).isLessThanOrEqualTo(window.longest().plusHours(1));
        assertThat(length2).isGreaterThanOrEqualTo(window.shortest().minusHours(1));
      }
    }
  }

  private static List<Long> starts(LocalDateTime first, ZoneId zone, String length) {
    int number = Integer.parseInt(length.substring(1, length.length() - 1));
    List<Long> starts = new ArrayList<>();
    int days = 0;
    int firsts = 0;
    for (LocalDateTime day = first; day.getYear() < 2034; day = day.plusDays(1)) {
      boolean month = day.getDayOfMonth() == first.getDayOfMonth();
      boolean begins = length.endsWith("D") ? days % number == 0 : month && firsts % number == 0;
      if (begins) {
        starts.add(ZonedDateTime.of(day, zone).toInstant().toEpochMilli());
      }
      days++;
      firsts += month ? 1 : 0;
    }
    return starts;
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00[UTC]/P1M, true",
    "2026-01-01T00:00[America/New_York]/P1M, true",
    "2026-01-01T00:30[UTC]/P1M, false",
    "2026-01-01T00:00[Asia/Kolkata]/P1M, false",
    "2026-01-01T00:00[Asia/Kathmandu]/P1M, false",
    "2026-01-01T00:00[Australia/Lord_Howe]/P1M, false",
    "2026-01-01T00:00[Asia/Pyongyang]/P1M, true",
    "PT1H, true",
  })
  void whetherItBeginsOnHours(String window, boolean onHours) {
    assertThat(TimeWindow.parse(window).onHours()).isEqualTo(onHours);
  }

  /** The ladder's cells of 15 min begin every window of every zone that people live in. */
  @Test
  void everyZoneIsWholeQuartersFromUtc() {
    for (String name : ZoneId.getAvailableZoneIds()) {
      TimeWindow month = TimeWindow.parse("2026-01-01T00:00[" + name + "]/P1M");
      for (int i = 0; i < 60; i++) {
        Instant at = Instant.parse("2024-01-15T00:00:00Z").plus(Duration.ofDays(30L * i));
        assertThat(month.fromMillis(at.toEpochMilli()) % 900_000).as(name).isZero();
        if (month.onHours()) {
          assertThat(month.fromMillis(at.toEpochMilli()) % 3_600_000).as(name).isZero();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30d",
        "P1M",
        "2026-01-01T00:00/P1M",
        "2026-01-01T00:00[Nowhere]/P1M",
        "2026-01-01T00:00[UTC]/P0M",
        "2026-01-01T00:00[UTC]/P1M1D",
        "2026-01-01T00:00[UTC]/P-1M",
        "2026-01-01T00:00[UTC]/PT1H",
        "2026-01-01T00:07[UTC]/P1M",
        "2026-01-01T00:00:30[UTC]/P1M",
      })
  void otherTextsAreNoWindows(String text) {
    assertThatThrownBy(() -> TimeWindow.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
