// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
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
        long millis = fault.endMillis() - fault.startMillis();
        switch (fault.kind()) {
          case BAD_DEPLOY -> {
            assertThat(fault.share()).as("seed %d", seed).isBetween(0.35, 0.60);
            assertThat(fault.version()).isNotEqualTo(fault.previousVersion());
          }
          case LATE_DELIVERY -> assertThat(millis).as("seed %d", seed).isBetween(15_000L, 20_000L);
          case REGION_LOSS -> assertThat(millis).as("seed %d", seed).isBetween(20_000L, 24_000L);
          case LATENCY_REGRESSION, BATCH_RESEND, PAYMENT_ERRORS ->
              assertThat(millis).as("seed %d", seed).isGreaterThan(15_000L);
        }
      }
    }
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
