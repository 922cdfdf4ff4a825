// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.capacity.forecast.Forecast.Fitted;
import dev.nines.capacity.forecast.Forecast.Hour;
import dev.nines.capacity.forecast.Forecast.Refused;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ForecasterTest {

  private static final Instant FROM = Instant.parse("2026-09-01T00:00:00Z");
  private static final int WEEK = 168;
  private static final int AHEAD = 2 * WEEK;
  private static final Percentage TINY = Percentage.withPercentage(1e-9);

  /** A day with a peak in the evening, weekends at 60 %; never the same twice in a week. */
  private static double season(int hour) {
    double day = 100 + 80 * Math.sin((hour % 24 - 13) * Math.PI / 12);
    return (day + hour % WEEK * 0.1) * (hour % WEEK >= 120 ? 0.6 : 1);
  }

  @Test
  void aSeasonComesBackAsItWas() {
    Fitted forecast = fitted(series(12 * WEEK, ForecasterTest::season));
    for (int h = 0; h < AHEAD; h++) {
      Hour hour = forecast.hours().get(h);
      assertThat(hour.at()).isEqualTo(FROM.plusSeconds(3_600L * (12 * WEEK + h)));
      assertThat(hour.p50()).isCloseTo(season(h), TINY);
      assertThat(hour.p10()).isCloseTo(hour.p50(), TINY);
      assertThat(hour.p90()).isCloseTo(hour.p50(), TINY);
    }
    assertThat(forecast.accuracy().wape()).isLessThan(1e-12);
    assertThat(forecast.accuracy().backtestedWeeks()).isEqualTo(4);
    assertThat(forecast.trainedFrom()).isEqualTo(FROM.plusSeconds(3_600L * 4 * WEEK));
    assertThat(forecast.weeklyTrend()).isZero();
  }

  /** Levels 100, 110 ... 210 of the season: the next weeks grow by 8 and 6.4. */
  @Test
  void aTrendGoesOnDamped() {
    Fitted forecast = fitted(series(12 * WEEK, hour -> (1 + 0.1 * (hour / WEEK)) * season(hour)));
    for (int h = 0; h < AHEAD; h++) {
      double level = h < WEEK ? 2.1 + 0.08 : 2.1 + 0.08 + 0.064;
      assertThat(forecast.hours().get(h).p50()).isCloseTo(level * season(h), TINY);
    }
    assertThat(forecast.weeklyTrend()).isCloseTo(0.1 / 2.1, TINY);
  }

  @Test
  void aForecastScalesWithItsHistoryAndMovesWithIt() {
    double[] values = noisy(12 * WEEK, new Random(1), 0.2);
    Fitted one = fitted(series(values));
    Fitted thousand = fitted(series(Arrays.stream(values).map(v -> v * 1_000).toArray()));
    double[] later = new double[values.length + 31];
    Arrays.fill(later, 0, 31, Double.NaN);
    System.arraycopy(values, 0, later, 31, values.length);
    Fitted moved = fitted(series(later));
    for (int h = 0; h < AHEAD; h++) {
      Hour hour = one.hours().get(h);
      assertThat(thousand.hours().get(h).p50()).isCloseTo(hour.p50() * 1_000, TINY);
      assertThat(thousand.hours().get(h).p90()).isCloseTo(hour.p90() * 1_000, TINY);
      assertThat(moved.hours().get(h))
          .isEqualTo(
              new Hour(hour.at().plusSeconds(31 * 3_600), hour.p10(), hour.p50(), hour.p90(), 1));
    }
    assertThat(thousand.accuracy().wape()).isCloseTo(one.accuracy().wape(), TINY);
  }

  /** An outage, a flood and a silent collector of some hours leave the line where it was. */
  @Test
  void aFewWildHoursMoveNothingAndGapsAreNamed() {
    double[] values = new double[12 * WEEK];
    Arrays.setAll(values, ForecasterTest::season);
    Arrays.fill(values, 900, 905, 0);
    Arrays.fill(values, 1_300, 1_303, 1e6);
    Arrays.fill(values, 1_500, 1_530, Double.NaN);
    Fitted forecast = fitted(series(values));
    for (int h = 0; h < AHEAD; h++) {
      assertThat(forecast.hours().get(h).p50()).isCloseTo(season(h), Percentage.withPercentage(2));
    }
    assertThat(forecast.gaps())
        .containsExactly(
            new HourlySeries.Gap(FROM.plusSeconds(1_500 * 3_600), FROM.plusSeconds(1_530 * 3_600)));
  }

  /** What a sale of last month did is no habit, and the next one multiplies. */
  @Test
  void declaredEventsAreTakenOutAndPutIn() {
    double[] values = new double[12 * WEEK];
    double[] factors = new double[12 * WEEK + AHEAD];
    Arrays.fill(factors, 1);
    Arrays.fill(factors, 11 * WEEK + 30, 11 * WEEK + 60, 5);
    Arrays.fill(factors, 12 * WEEK + 40, 12 * WEEK + 50, 3);
    Arrays.setAll(values, hour -> season(hour) * factors[hour]);
    Fitted forecast = fitted(Forecaster.of(new HourlySeries(FROM, values, factors), AHEAD));
    for (int h = 0; h < AHEAD; h++) {
      double factor = h >= 40 && h < 50 ? 3 : 1;
      assertThat(forecast.hours().get(h).p50()).isCloseTo(season(h) * factor, TINY);
      assertThat(forecast.hours().get(h).eventFactor()).isEqualTo(factor);
    }
    assertThat(forecast.accuracy().lastWeekWape()).isLessThan(1e-12);
  }

  /** The bounds cover what they say, on average over many series, measured and afterwards. */
  @Test
  void measuredCoverageIsNearTheNominal() {
    double within = 0;
    double below = 0;
    double after = 0;
    int rounds = 40;
    for (int round = 0; round < rounds; round++) {
      double[] values = noisy(13 * WEEK, new Random(round), 0.3);
      Fitted forecast = fitted(series(Arrays.copyOf(values, 12 * WEEK)));
      assertThat(forecast.accuracy().judgedHours()).isEqualTo(3 * WEEK);
      within += forecast.accuracy().withinBand() / rounds;
      below += forecast.accuracy().belowP90() / rounds;
      for (int h = 0; h < WEEK; h++) {
        after += values[12 * WEEK + h] <= forecast.hours().get(h).p90() ? 1.0 / WEEK / rounds : 0;
      }
    }
    assertThat(within).isBetween(0.75, 0.85);
    assertThat(below).isBetween(0.87, 0.93);
    assertThat(after).isBetween(0.87, 0.93);
  }

  @Test
  void whatIsOutsideTheModelIsRefusedWithItsReason() {
    assertThat(refused(series(5 * WEEK - 1, ForecasterTest::season)))
        .isEqualTo(
            new Refused(
                "too-little-history",
                "34 days and 23 hours of demand are stored; 35 days are needed"));
    assertThat(fitted(series(5 * WEEK, ForecasterTest::season)).accuracy().backtestedWeeks())
        .isEqualTo(2);
    assertThat(refused(series(12 * WEEK, hour -> hour % 4 == 1 ? Double.NaN : season(hour))).rule())
        .isEqualTo("gaps");
    assertThat(refused(series(12 * WEEK, hour -> hour % 24 == 3 ? 50 : 0)).rule())
        .isEqualTo("idle");
    Refused launch = refused(series(12 * WEEK, hour -> season(hour) * (hour >= 11 * WEEK ? 2 : 1)));
    assertThat(launch.rule()).isEqualTo("last-week-error");
    assertThat(launch.reason()).contains("missed by 50 %", "declare events");
    assertThat(refused(series(12 * WEEK, hour -> hour >= 11 * WEEK ? 0 : season(hour))).reason())
        .contains("nothing came in");
  }

  private static double[] noisy(int hours, Random random, double noise) {
    double[] values = new double[hours];
    Arrays.setAll(values, h -> season(h) * Math.exp(noise * random.nextGaussian()));
    return values;
  }

  private static Forecast series(int hours, IntToDoubleFunction value) {
    double[] values = new double[hours];
    Arrays.setAll(values, value);
    return series(values);
  }

  private static Forecast series(double[] values) {
    double[] factors = new double[values.length + AHEAD];
    Arrays.fill(factors, 1);
    return Forecaster.of(new HourlySeries(FROM, values, factors), AHEAD);
  }

  private static Fitted fitted(Forecast forecast) {
    assertThat(forecast).isInstanceOf(Fitted.class);
    return (Fitted) forecast;
  }

  private static Refused refused(Forecast forecast) {
    assertThat(forecast).isInstanceOf(Refused.class);
    return (Refused) forecast;
  }
}
