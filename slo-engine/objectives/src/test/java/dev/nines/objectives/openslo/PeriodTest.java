// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static dev.nines.objectives.openslo.OpenSloTest.VALID;
import static dev.nines.objectives.openslo.OpenSloTest.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Budgeting;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.BurnPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods and what spends their budgets. */
class PeriodTest {

  private static final String ROLLING = "duration: 30d, isRolling: true";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1M | 2022-01-01 12:00:00 | UTC | 2022-01-01T12:00[UTC]/P1M",
        "1Q | '2026-01-01 00:00:00' | America/New_York | 2026-01-01T00:00[America/New_York]/P3M",
        "2w | 2026-01-05 00:15:00 | Asia/Kathmandu | 2026-01-05T00:15[Asia/Kathmandu]/P14D",
        "1d | 2026-01-01 00:00:00 | UTC | 2026-01-01T00:00[UTC]/P1D",
        "1Y | 2026-04-01 00:00:00 | UTC | 2026-04-01T00:00[UTC]/P12M",
        "4M | 2026-01-01 00:00:00 | UTC | 2026-01-01T00:00[UTC]/P4M",
      })
  void aCalendarWindowIsReadAsItIsWritten(
      String length, String start, String zone, String expected) {
    String window = "duration: %s, calendar: {startTime: %s, timeZone: %s}";
    for (String rolling : List.of("", ", isRolling: false")) {
      String yaml = VALID.replace(ROLLING, window.formatted(length, start, zone) + rolling);
      assertThat(only(yaml).period().text()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2Y | 2026-01-01 00:00:00 | UTC | retention 18:18",
        "13M | 2026-01-01 00:00:00 | UTC | retention 18:18",
        "367d | 2026-01-01 00:00:00 | UTC | retention 18:18",
        "1h | 2026-01-01 00:00:00 | UTC | calendar-length 18:18",
        "1M | 2026-02-30 00:00:00 | UTC | date-time 18:44",
        "1M | 2026-01-01 | UTC | date-time 18:44",
        "1M | 2026-01-01 24:00:00 | UTC | date-time 18:44",
        "1M | 2026-01-01 00:10:00 | UTC | quarter-hour 18:44",
        "1M | 2026-01-01 00:00:00 | EST5 | time-zone 18:75",
        "1M | 2026-01-01 00:00:00 | ~ | required 18:32",
      })
  void aCalendarWindowThatCannotBeIsRefused(
      String length, String start, String zone, String violation) {
    String window = "duration: %s, calendar: {startTime: %s, timeZone: %s}";
    String yaml = VALID.replace(ROLLING, window.formatted(length, start, zone));
    assertThat(OpenSlo.read("a.yaml", yaml).violations())
        .extracting(found -> found.rule() + " " + found.line() + ":" + found.column())
        .containsExactly(violation);
  }

  /** As long as OpenSLO's parser says, leap year or not; alerts look back no further than 90 d. */
  @Test
  void aYearRolls() {
    String year = VALID.replace("30d", "1Y");
    assertThat(only(year).period().text()).isEqualTo("PT8760H");
    String burn = "nines.dev/burn: 'long=91d short=1d factor=1 severity=ticket'";
    assertThat(
            OpenSlo.read("a.yaml", year.replace("example.org/owner: somebody", burn)).violations())
        .extracting(Violation::message)
        .containsExactly("long=91d is beyond what burn rates are kept for: 90d");
    assertThat(OpenSlo.read("a.yaml", VALID.replace("30d", "2Y")).violations())
        .extracting(Violation::message)
        .containsExactly("730d is beyond what is kept: 366d");
  }

  @Test
  void aWindowRollsOrHasACalendar() {
    String yaml =
        VALID.replace(
            ROLLING, ROLLING + ", calendar: {startTime: 2026-01-01 00:00:00, timeZone: UTC}");
    assertThat(OpenSlo.read("a.yaml", yaml).violations())
        .extracting(Violation::rule)
        .containsExactly("contradiction");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Timeslices | 1m | 0.95 | PT1M | page-1h page-6h ticket-3d",
        "Timeslices | 5m | 1 | PT5M | page-6h ticket-3d",
        "RatioTimeslices | 1h | ~ | PT1H | ticket-3d",
        "RatioTimeslices | 15m | 0.9 | PT15M | page-6h ticket-3d",
      })
  void slicesSpendTheBudget(
      String method, String window, String sliceTarget, Duration slice, String policies) {
    Parsed parsed = OpenSlo.read("a.yaml", sliced(method, window, sliceTarget));
    assertThat(parsed.violations()).isEmpty();
    Sliced budgeting = (Sliced) parsed.slos().getFirst().budgeting();
    assertThat(budgeting.slice()).isEqualTo(slice);
    assertThat(budgeting instanceof Budgeting.Timeslices).isEqualTo(method.equals("Timeslices"));
    assertThat(parsed.slos().getFirst().policies())
        .as("two slices are the shortest window")
        .extracting(BurnPolicy::name)
        .containsExactly(policies.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Timeslices | 7m | 0.95 | slice | 22:24",
        "Timeslices | 1d | 0.95 | duration | 22:24",
        "Timeslices | 0 | 0.95 | duration | 22:24",
        "Timeslices | 1m | 0 | range | 23:24",
        "Timeslices | 1m | 1.01 | range | 23:24",
        "Timeslices | 1m | ~ | required | 21:7",
        "Timeslices | ~ | 0.95 | required | 21:7",
      })
  void slicesThatCannotBeAreRefused(
      String method, String window, String sliceTarget, String rule, String place) {
    assertThat(OpenSlo.read("a.yaml", sliced(method, window, sliceTarget)).violations())
        .extracting(found -> found.rule() + " " + found.line() + ":" + found.column())
        .containsExactly(rule + " " + place);
  }

  /** 30 days are 720 hours, of which 0.72 may be bad. */
  @Test
  void oneSliceIsNotMoreThanTheBudget() {
    assertThat(OpenSlo.read("a.yaml", sliced("Timeslices", "1h", "0.95")).violations())
        .extracting(Violation::message)
        .containsExactly("one bad slice is more than the budget: (1 - 0.999) x 720 slices = 0.72");
    Parsed ratio = OpenSlo.read("a.yaml", sliced("RatioTimeslices", "1h", "~"));
    assertThat(ratio.valid()).isTrue();
    assertThat(ratio.notes()).extracting(Violation::rule).containsExactly("no-page");
  }

  @Test
  void windowsOfPoliciesAreWholeSlices() {
    String burn = "nines.dev/burn: 'long=1h short=11m factor=2 severity=page'";
    String yaml = sliced("Timeslices", "5m", "0.95").replace("example.org/owner: somebody", burn);
    assertThat(OpenSlo.read("a.yaml", yaml).violations())
        .extracting(Violation::message)
        .containsExactly("short=11m is no whole number of slices of 5m");
  }

  @Test
  void windowsOverCountsAreWholeSlicesToo() {
    BurnPolicies limits =
        BurnPolicies.of(new BigDecimal("0.99"), Duration.ofDays(30), new Budgeting.Occurrences());
    BurnPolicy policy =
        new BurnPolicy(
            "odd",
            Duration.ofSeconds(25),
            Duration.ofSeconds(22),
            BigDecimal.TWO,
            BurnPolicy.Severity.PAGE);
    assertThat(limits.wrong(policy, "long", "short"))
        .containsExactly(
            "short=22s is no whole number of slices of 10s",
            "long=25s is no whole number of slices of 10s");
  }

  @ParameterizedTest
  @CsvSource({"confidence: '0.98'", "missing: bad"})
  void whatIsOfEventsIsRefusedForSlices(String annotation) {
    String yaml =
        sliced("Timeslices", "1m", "0.95")
            .replace("example.org/owner: somebody", "nines.dev/" + annotation);
    assertThat(OpenSlo.read("a.yaml", yaml).violations())
        .extracting(Violation::rule)
        .containsExactly("contradiction");
  }

  private static String sliced(String method, String window, String sliceTarget) {
    return VALID
        .replace("Occurrences", method)
        .replace(
            "- target: 0.999\n",
            "- target: 0.999\n      timeSliceWindow: "
                + window
                + "\n      timeSliceTarget: "
                + sliceTarget
                + "\n");
  }
}
