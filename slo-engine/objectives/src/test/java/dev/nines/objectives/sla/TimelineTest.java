// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.sla.Contract.NoData;
import dev.nines.objectives.sla.Contract.Treatment;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final Contract.Down OVER_TEN_PERCENT =
      new Contract.Down(new BigDecimal("0.1"), 100, 3);

  @Test
  void aMinuteIsDownAboveTheShareAndInALongRunOnly() {
    Minutes minutes = Samples.good(12, 100);
    IntStream.of(0, 1).forEach(i -> minutes.set(i, 0, 100, 100));
    IntStream.of(3, 4, 5).forEach(i -> minutes.set(i, 89, 100, 100));
    IntStream.of(7, 8, 9).forEach(i -> minutes.set(i, 90, 100, 100));
    minutes.set(11, 0, 99, 100);
    Timeline timeline = timeline(minutes, new BitSet());
    assertThat(downs(timeline)).containsExactly(3, 4, 5);
  }

  @Test
  void anExcludedMinuteEndsARun() {
    Minutes minutes = Samples.good(5, 100);
    IntStream.range(0, 5).forEach(i -> minutes.set(i, 0, 100, 100));
    BitSet excluded = new BitSet();
    excluded.set(2);
    assertThat(downs(timeline(minutes, excluded))).isEmpty();
    assertThat(downs(timeline(minutes, new BitSet()))).containsExactly(0, 1, 2, 3, 4);
  }

  /** 60 min down in 7 days, with one day excluded: 0.694 % or 0.595 % down. */
  @Test
  void excludedTimeIsRemovedOrGood() {
    Contract.Service service = Samples.service(Measure.MINUTE, Samples.minuteTiers());
    Minutes minutes = Samples.good(7 * 1_440, 10);
    IntStream.range(0, 60).forEach(i -> minutes.set(i, 0, 10, 10));
    BitSet day = new BitSet();
    day.set(1_440, 2_880);
    Timeline timeline = new Timeline(Samples.contract(service), service, minutes, day);
    assertThat(bad(timeline, Treatment.REMOVED)).isEqualTo("0.694");
    assertThat(bad(timeline, Treatment.GOOD)).isEqualTo("0.595");
  }

  @Test
  void whatIsNotHeardIsNeitherGoodNorBadUnlessTheContractSaysSo() {
    Minutes minutes = Samples.good(10, 10);
    minutes.set(0, 0, 10, 10);
    minutes.set(1, 0, 0, 5);
    minutes.set(2, 0, 0, 0);
    minutes.set(3, 0, 0, 0);
    assertThat(byMinute(minutes, NoData.GOOD, NoData.EXCLUDED)).isEqualTo(Uptime.of(1, 8));
    assertThat(byMinute(minutes, NoData.BAD, NoData.EXCLUDED)).isEqualTo(Uptime.of(2, 8));
    assertThat(byMinute(minutes, NoData.EXCLUDED, NoData.EXCLUDED)).isEqualTo(Uptime.of(1, 7));
    assertThat(byMinute(minutes, NoData.GOOD, NoData.GOOD)).isEqualTo(Uptime.of(1, 10));
    assertThat(byMinute(minutes, NoData.GOOD, NoData.BAD)).isEqualTo(Uptime.of(3, 10));
  }

  @Test
  void nothingMeasuredIsNoNumber() {
    Contract.Service service = Samples.service(Measure.MINUTE, Samples.minuteTiers());
    Timeline timeline =
        new Timeline(Samples.contract(service), service, new Minutes(10), new BitSet());
    for (Measure measure : Measure.values()) {
      assertThat(timeline.uptime(measure, Treatment.REMOVED)).isEmpty();
    }
  }

  /** Against an oracle that goes over the minutes with decimals of 60 digits. */
  @RepeatedTest(40)
  void everyMeasureAgainstTheOracle(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Minutes minutes = new Minutes(600);
    BitSet excluded = new BitSet();
    for (int i = 0; i < minutes.count(); i++) {
      long heard = random.nextInt(4) == 0 ? 0 : random.nextInt(50);
      long total = heard == 0 || random.nextInt(5) == 0 ? 0 : random.nextLong(heard + 1);
      long good = random.nextInt(3) == 0 ? random.nextLong(total + 1) : total;
      minutes.set(i, good, total, heard);
      excluded.set(i, random.nextInt(6) == 0);
    }
    NoData[] rules = NoData.values();
    NoData idle = rules[random.nextInt(3)];
    NoData unmeasured = rules[random.nextInt(3)];
    Contract.Service service = Samples.service(Measure.MINUTE, Samples.minuteTiers());
    Contract contract = Samples.contract(service, ZoneOffset.UTC, idle, unmeasured);
    Timeline timeline = new Timeline(contract, service, minutes, excluded);
    for (Measure measure : Measure.values()) {
      for (Treatment treatment : List.of(Treatment.REMOVED, Treatment.GOOD)) {
        Optional<BigDecimal> expected =
            SlaOracle.badShare(minutes, excluded, idle, unmeasured, measure, treatment);
        Optional<BigDecimal> found =
            timeline.uptime(measure, treatment).map(TimelineTest::badShare);
        assertThat(found.map(value -> value.setScale(40, RoundingMode.HALF_UP)))
            .as(measure + " " + treatment)
            .isEqualTo(expected.map(value -> value.setScale(40, RoundingMode.HALF_UP)));
      }
    }
  }

  private static BigDecimal badShare(Uptime uptime) {
    return new BigDecimal(uptime.bad().top())
        .divide(new BigDecimal(uptime.bad().bottom()), new MathContext(60));
  }

  private static Timeline timeline(Minutes minutes, BitSet excluded) {
    Contract.Service service =
        Samples.service(Measure.MINUTE, Samples.minuteTiers(), OVER_TEN_PERCENT);
    return new Timeline(Samples.contract(service), service, minutes, excluded);
  }

  private static List<Integer> downs(Timeline timeline) {
    return IntStream.range(0, timeline.minutes().count())
        .filter(i -> timeline.verdict(i) == Verdict.DOWN)
        .boxed()
        .toList();
  }

  private static String bad(Timeline timeline, Treatment treatment) {
    Uptime uptime = timeline.uptime(Measure.MINUTE, treatment).orElseThrow();
    return BigDecimal.valueOf(100)
        .subtract(uptime.percent(9, RoundingMode.FLOOR))
        .setScale(3, RoundingMode.HALF_UP)
        .toPlainString();
  }

  private static Uptime byMinute(Minutes minutes, NoData idle, NoData unmeasured) {
    Contract.Service service = Samples.service(Measure.MINUTE, Samples.minuteTiers());
    Contract contract = Samples.contract(service, ZoneOffset.UTC, idle, unmeasured);
    return new Timeline(contract, service, minutes, new BitSet())
        .uptime(Measure.MINUTE, Treatment.REMOVED)
        .orElseThrow();
  }
}
