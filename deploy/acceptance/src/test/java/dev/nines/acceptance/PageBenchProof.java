// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bench page} in small runs and reports. A minute of it is the outage, for an hour's budget
 * burns no faster; so it is no part of the suite: {@code ./nines test -Dtest=PageBenchProof
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(OneUp.Away.class)
class PageBenchProof {

  @TempDir Path folder;

  @Test
  void everyBurningObjectiveIsPagedOnceItsPolicyHolds() throws Exception {
    Benched bench =
        Benched.run(folder, 1, "page", "--slos", "4", "--failing", "3", "--clean-seconds", "5");
    JsonNode figure = bench.figure();
    assertThat(figure.get("metric").textValue())
        .isEqualTo("overhead-since-acknowledgement-p99-at-4-slos");
    assertThat(figure.get("value").doubleValue()).isNotNegative();
    assertThat(bench.printed())
        .contains("of 3 pages")
        .doesNotContain("did not come", "did not burn", "before it was due");
  }
}
