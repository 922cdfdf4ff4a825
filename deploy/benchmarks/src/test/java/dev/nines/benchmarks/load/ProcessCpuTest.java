// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {

  @Test
  void userAndSystemTimeAreAdded() {
    assertThat(
            ProcessCpu.seconds(
                "11992 (java) S 11985 11985 2466 0 -1 4194304 100 5 6 7 1234 566 89 10 20 0 31 0"
                    + " 411975 3133440 379 18446744073709551615 94468388986880"))
        .isEqualTo(18.0);
  }

  @Test
  void aNameWithBracketsAndBlanksMovesNothing() {
    assertThat(
            ProcessCpu.seconds("7 (a) R 1 (b) S 1 1 1 0 -1 4194304 0 0 0 0 150 50 9 9 20 0 1 0 5"))
        .isEqualTo(2.0);
  }

  @Test
  void thisProcessHasTheTimeThatTheJvmSays() throws IOException {
    ProcessHandle self = ProcessHandle.current();
    double before = jvm(self);
    double read = ProcessCpu.seconds(self.pid());
    double after = jvm(self);
    assertThat(before).isPositive();
    assertThat(read).isBetween(before - 0.02, after + 0.02);
    assertThat(before).isCloseTo(after, within(5.0));
  }

  private static double jvm(ProcessHandle process) {
    return process.info().totalCpuDuration().map(Duration::toNanos).orElseThrow() / 1e9;
  }
}
