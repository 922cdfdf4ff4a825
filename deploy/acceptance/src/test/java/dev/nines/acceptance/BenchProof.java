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
 * {@code bench ingest} and {@code bench query} in small: two minutes with {@code BenchTest}'s, and
 * so no part of the suite: {@code ./nines test -Dtest=BenchProof
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@ExtendWith(OneUp.Away.class)
class BenchProof {

  @TempDir Path folder;

  @Test
  void ingestIsMeasuredPlainCompressedAndRedacted() throws IOException, InterruptedException {
    Benched bench =
        Benched.run(
            folder,
            3,
            "ingest",
            "--runs",
            "1",
            "--seconds",
            "3",
            "--warmup-seconds",
            "0",
            "--rate",
            "3000");
    for (JsonNode figure : bench.figures()) {
      assertThat(figure.get("bench").textValue()).isEqualTo("ingest");
      assertThat(figure.get("value").doubleValue()).isPositive();
      assertThat(figure.get("peer").isNull()).isTrue();
    }
    assertThat(bench.run().exitCode() == 0)
        .isEqualTo(bench.printed().contains("Every goal is reached."));
    assertThat(bench.printed()).contains("Pinned: the process under test on core 0");
  }

  @Test
  void whatIsStoredIsFound() throws IOException, InterruptedException {
    Benched bench = Benched.run(folder, 6, "query", "--spans", "20000");
    assertThat(bench.printed())
        .contains(
            "trace-by-id",
            "search-by-attribute",
            "search-by-operation",
            "search-by-rare-operation");
  }
}
