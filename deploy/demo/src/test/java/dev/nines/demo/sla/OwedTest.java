// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.sla;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.demo.truth.Count;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Computed by hand: the fee is EUR 12,500.00, the cap over all is half of it. */
class OwedTest {

  private static final Path EXAMPLE =
      Path.of(System.getProperty("nines.root"), "slo-engine/examples/contracts/acme-retail.yaml");

  private Terms terms;

  @BeforeEach
  void read() throws IOException {
    terms = Terms.strict(EXAMPLE);
  }

  @Test
  void nothingIsDueForMinutesThatAreUp() {
    Owed owed = Owed.by(terms, minutes(100, 0));
    assertThat(owed.credit()).isEqualByComparingTo("0");
    assertThat(owed.uptime()).isEqualByComparingTo("100");
  }

  /** 99 of 100 minutes: not below 99, so below 99.99 only: 10 %. */
  @Test
  void aBoundThatIsReachedIsNotMissed() {
    Owed owed = Owed.by(terms, minutes(99, 1));
    assertThat(owed.credit()).isEqualByComparingTo("1250.00");
    assertThat(owed.uptime()).isEqualByComparingTo("99");
  }

  /** 97 of 99 minutes are 97.97 %: 30 %. */
  @Test
  void theLowestTierThatIsMissedCounts() {
    Owed owed = Owed.by(terms, minutes(97, 2));
    assertThat(owed.credit()).isEqualByComparingTo("3750.00");
    assertThat(owed.uptime()).isEqualByComparingTo("97.97979797");
  }

  /** 1 of 3 minutes: all of the fee, of which half is the most. */
  @Test
  void theCapOverAllHolds() {
    Owed owed = Owed.by(terms, minutes(1, 2));
    assertThat(owed.credit()).isEqualByComparingTo("6250.00");
    assertThat(owed.uptime()).isEqualByComparingTo("33.33333333");
    assertThat(owed.events()).isEqualTo(new Count(28, 30));
  }

  private static List<Count> minutes(int up, int down) {
    List<Count> minutes = new ArrayList<>();
    for (int i = 0; i < up + down; i++) {
      minutes.add(new Count(i < up ? 10 : 9, 10));
    }
    return minutes;
  }
}
