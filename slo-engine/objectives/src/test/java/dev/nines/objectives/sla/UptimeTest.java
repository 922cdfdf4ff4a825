// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Vectors of published agreements: minutes of a region and error rates of storage intervals, with
 * the bounds that binary floats get wrong.
 */
class UptimeTest {

  private static final int MONTH_31 = 44_640;

  @ParameterizedTest(name = "{0} days, {1} min bad: {2} %, credit {3} %")
  @CsvSource({
    "30, 4.32, 99.99000000, 0",
    "30, 4.33, 99.98997685, 10",
    "31, 50, 99.88799283, 10",
    "31, 446.4, 99.00000000, 10",
    "31, 447, 98.99865591, 30",
    "28, 2016, 95.00000000, 30",
    "28, 2017, 94.99751984, 100"
  })
  void downtimeAgainstTheTiersOfARegion(int days, String bad, String percent, String credit) {
    long badMillis = new BigDecimal(bad).multiply(BigDecimal.valueOf(60_000)).longValueExact();
    Uptime uptime = Uptime.of(badMillis, Duration.ofDays(days).toMillis());
    assertThat(uptime.shown()).isEqualByComparingTo(percent);
    assertThat(credit(Measure.MINUTE, uptime)).isEqualByComparingTo(credit);
  }

  @ParameterizedTest(name = "{0} of 8,928 intervals at {1} %: {2} %, credit {3} %")
  @CsvSource({
    "12, 100, 99.865591, 10",
    "12, 5, 99.993280, 0",
    "9, 100, 99.899194, 10",
    "90, 100, 98.991935, 25"
  })
  void errorRatesOfIntervals(int intervals, int rate, String percent, String credit) {
    Minutes minutes = Samples.good(MONTH_31, 100);
    for (int i = 0; i < intervals * 5; i++) {
      minutes.set(i, 100 - rate, 100, 100);
    }
    Uptime uptime = measured(Measure.INTERVAL_MEAN, minutes).orElseThrow();
    assertThat(uptime.percent(6, RoundingMode.HALF_UP)).isEqualByComparingTo(percent);
    assertThat(credit(Measure.INTERVAL_MEAN, uptime)).isEqualByComparingTo(credit);
  }

  /** 60 minutes of total outage in a month of 1e9 requests: the definition moves the number. */
  @ParameterizedTest(name = "{0} requests a minute lost")
  @CsvSource({"3333, 99.98", "66667, 99.60"})
  void oneOutageByThreeDefinitions(long perMinute, String byRequests) {
    Minutes minutes = new Minutes(MONTH_31);
    long others = (1_000_000_000 - 60 * perMinute) / (MONTH_31 - 60);
    for (int i = 0; i < MONTH_31; i++) {
      boolean down = i < 60;
      minutes.set(i, down ? 0 : others, down ? perMinute : others, down ? perMinute : others);
    }
    assertThat(rounded(Measure.MINUTE, minutes, 6)).isEqualTo("99.865591");
    assertThat(rounded(Measure.INTERVAL_MEAN, minutes, 6)).isEqualTo("99.865591");
    assertThat(rounded(Measure.REQUEST, minutes, 2)).isEqualTo(byRequests);
  }

  @Test
  void aBoundIsReachedExactlyAndShownSo() {
    Uptime at = Uptime.of(1, 10_000);
    assertThat(at.below(new BigDecimal("99.99"))).isFalse();
    Uptime under = Uptime.of(1_000_000_001, 10_000_000_000_000L);
    assertThat(under.below(new BigDecimal("99.99"))).isTrue();
    assertThat(under.shown()).isEqualByComparingTo("99.98999999");
  }

  @ParameterizedTest(name = "{0} in {1} has {2} minutes")
  @CsvSource({
    "2026-02, America/New_York, 40320",
    "2026-03, America/New_York, 44580",
    "2026-11, America/New_York, 43260",
    "2026-10, Europe/Berlin, 44700",
    "2026-10, UTC, 44640"
  })
  void monthsAreThoseOfTheirZone(YearMonth month, String zone, int minutes) {
    Period period = Period.month(month, ZoneId.of(zone));
    assertThat(period.minutes()).isEqualTo(minutes);
    assertThat(period.asMonth()).contains(month);
  }

  private static String rounded(Measure measure, Minutes minutes, int digits) {
    return measured(measure, minutes)
        .orElseThrow()
        .percent(digits, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static Optional<Uptime> measured(Measure measure, Minutes minutes) {
    Contract.Service service = Samples.service(measure, Samples.intervalTiers());
    return new Timeline(Samples.contract(service), service, minutes, new BitSet())
        .uptime(measure, Contract.Treatment.REMOVED);
  }

  private static BigDecimal credit(Measure measure, Uptime uptime) {
    Contract.Service service =
        Samples.service(
            measure, measure == Measure.MINUTE ? Samples.minuteTiers() : Samples.intervalTiers());
    return Credit.of(Samples.contract(service).credits(), service, Optional.of(uptime)).percent();
  }
}
