// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FaultScriptTest {

  private static final Duration RUN = Duration.ofSeconds(120);

  @Test
  void theSameSeedGivesTheSameScript() {
    assertThat(FaultScript.standard(7, RUN)).isEqualTo(FaultScript.standard(7, RUN));
    assertThat(FaultScript.standard(7, RUN)).isNotEqualTo(FaultScript.standard(8, RUN));
  }

  @Test
  void eachFaultHasARegionOfItsOwnAndEndsBeforeTheRunDoes() {
    for (long seed = 0; seed < 500; seed++) {
      var faults = FaultScript.standard(seed, RUN).faults();
      assertThat(faults.stream().map(Fault::region)).as("seed %d", seed).doesNotHaveDuplicates();
      assertThat(faults)
          .as("seed %d", seed)
          .allSatisfy(
              fault -> {
                assertThat(fault.startMillis()).isBetween(12_000L, fault.endMillis());
                assertThat(fault.endMillis()).isLessThan(96_000L);
              });
    }
  }

  @Test
  void everyKindOfFaultIsInTheScript() {
    var kinds =
        FaultScript.standard(3, RUN).faults().stream().map(Fault::kind).collect(Collectors.toSet());
    assertThat(kinds).containsExactlyInAnyOrder(Fault.Kind.values());
  }

  @Test
  void sharesAndLengthsAreWhatTheDemoPromises() {
    for (long seed = 0; seed < 500; seed++) {
      for (Fault fault : FaultScript.standard(seed, RUN).faults()) {
        long millis = millis(fault);
        switch (fault.kind()) {
          case BAD_DEPLOY -> {
            assertThat(fault.share()).as("seed %d", seed).isBetween(0.35, 0.60);
            assertThat(fault.version()).isNotEqualTo(fault.previousVersion());
          }
          case LATE_DELIVERY -> assertThat(millis).as("seed %d", seed).isBetween(23_400L, 28_800L);
          case REGION_LOSS -> assertThat(millis).as("seed %d", seed).isBetween(20_000L, 24_000L);
          case LATENCY_REGRESSION, BATCH_RESEND, PAYMENT_ERRORS ->
              assertThat(millis).as("seed %d", seed).isGreaterThan(15_000L);
        }
      }
    }
  }

  @Test
  void aShortRunHoldsBackAsLongAsItHasRoomForAndOnlyThatIsLonger() {
    Duration half = RUN.dividedBy(2);
    for (long seed = 0; seed < 500; seed++) {
      Map<Fault.Kind, Fault> full = byKind(FaultScript.standard(seed, RUN));
      Map<Fault.Kind, Fault> shorter = byKind(FaultScript.standard(seed, half));
      for (Fault fault : shorter.values()) {
        Fault whole = full.get(fault.kind());
        boolean late = fault.kind() == Fault.Kind.LATE_DELIVERY;
        long expected = late ? Math.min(millis(whole), 24_000) : millis(whole) / 2;
        assertThat(fault.region()).isEqualTo(whole.region());
        assertThat(fault.startMillis()).isCloseTo(whole.startMillis() / 2, within(1L));
        assertThat(millis(fault)).isCloseTo(expected, within(1L));
        assertThat(fault.endMillis()).as("seed %d", seed).isLessThan(48_000L);
      }
    }
  }

  @Test
  void deploysAreBadInOneRegionAfterTheOther() {
    for (Duration run : List.of(RUN, Duration.ofMinutes(10))) {
      for (long seed = 0; seed < 500; seed++) {
        var faults = FaultScript.deploys(seed, run).faults();
        assertThat(faults.stream().map(Fault::region))
            .as("seed %d", seed)
            .containsExactlyInAnyOrder(Region.values());
        assertThat(faults).isSortedAccordingTo(Comparator.comparing(Fault::startMillis));
        assertThat(faults)
            .as("seed %d", seed)
            .allSatisfy(
                fault -> {
                  assertThat(fault.kind()).isEqualTo(Fault.Kind.BAD_DEPLOY);
                  assertThat(fault.share()).isBetween(0.75, 0.90);
                  assertThat(millis(fault)).isGreaterThanOrEqualTo(20_000);
                  assertThat(fault.startMillis()).isGreaterThanOrEqualTo(run.toMillis() / 20);
                  assertThat(fault.endMillis()).isLessThanOrEqualTo(run.toMillis() * 9 / 10);
                });
      }
    }
  }

  @Test
  void theFullScriptOfSeed7() {
    assertThat(FaultScript.standard(7, RUN).faults())
        .extracting(FaultScriptTest::line)
        .containsExactly(
            "batch-resend ap-southeast-1 19429 88517",
            "batch-resend ca-central-1 20095 81375",
            "bad-deploy eu-north-1 20479 45100",
            "latency-regression ap-northeast-1 38813 68041",
            "late-delivery ap-south-1 46555 71717",
            "region-loss sa-east-1 53184 75558",
            "payment-errors eu-west-1 62067 82610");
  }

  /** Of the two resends the one that starts last. */
  private static Map<Fault.Kind, Fault> byKind(FaultScript script) {
    return script.faults().stream()
        .collect(Collectors.toMap(Fault::kind, fault -> fault, (first, last) -> last));
  }

  private static String line(Fault fault) {
    return "%s %s %d %d"
        .formatted(fault.kind().id(), fault.region(), fault.startMillis(), fault.endMillis());
  }

  private static long millis(Fault fault) {
    return fault.endMillis() - fault.startMillis();
  }

  @Test
  void aFaultIsActiveFromItsStartUntilBeforeItsEnd() {
    FaultScript script = FaultScript.standard(7, RUN);
    Fault fault = script.faults().getFirst();
    assertThat(script.active(fault.kind(), fault.region(), fault.startMillis() - 1)).isEmpty();
    assertThat(script.active(fault.kind(), fault.region(), fault.startMillis())).contains(fault);
    assertThat(script.activeAt(fault.endMillis() - 1)).contains(fault);
    assertThat(script.active(fault.kind(), fault.region(), fault.endMillis())).isEmpty();
  }
}
