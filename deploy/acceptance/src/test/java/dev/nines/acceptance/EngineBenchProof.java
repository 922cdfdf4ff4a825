// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code bench engine} in small, with its two kills: a minute and more, and so no part of the
 * suite: {@code ./nines test -Dtest=EngineBenchProof -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(OneUp.Away.class)
class EngineBenchProof {

  @TempDir Path folder;

  @Test
  void theEngineKeepsEveryBudgetRightOverTwoKills() throws IOException, InterruptedException {
    Benched bench =
        Benched.run(
            folder,
            7,
            "engine",
            "--runs",
            "1",
            "--cold",
            "--records",
            "2000",
            "--budgets",
            "440",
            "--history-minutes",
            "30",
            "--held-seconds",
            "3");
    assertThat(bench.figures())
        .extracting(figure -> figure.get("metric").textValue())
        .containsExactly(
            "count-records",
            "resident-memory",
            "acknowledged-to-visible-p99",
            "restored-state-kept",
            "away-state-kept",
            "restored-state-lost",
            "away-state-lost");
    for (JsonNode figure : bench.figures()) {
      assertThat(figure.get("value").doubleValue()).isPositive();
    }
    assertThat(bench.printed().split("every budget has exactly the events that were written"))
        .hasSize(3);
    assertThat(bench.run().exitCode() == 0).isEqualTo(!bench.printed().contains("MISSED"));
  }
}
