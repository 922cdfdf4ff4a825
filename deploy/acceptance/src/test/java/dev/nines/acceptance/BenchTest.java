// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} runs and reports; how fast anything is, is not asked here. More: BenchProof. */
@ExtendWith(OneUp.Away.class)
class BenchTest {

  @TempDir Path folder;

  @Test
  void archiveIsMeasuredAndHasEachSpanOnce() throws IOException, InterruptedException {
    JsonNode figure = bench(1, "archive", "--spans", "5000", "--cold").figure();
    assertThat(figure.get("metric").textValue()).isEqualTo("kafka-to-clickhouse");
    assertThat(figure.get("value").doubleValue()).isPositive();
  }

  @Test
  void extractionForwardsAndCountsEachSpanOnce() throws IOException, InterruptedException {
    Benched bench = bench(1, "extraction", "--spans", "5000", "--cold");
    JsonNode figure = bench.figure();
    assertThat(figure.get("metric").textValue()).isEqualTo("extraction-with-100-slos");
    assertThat(figure.get("value").doubleValue()).isPositive();
    assertThat(bench.printed()).contains("all 5,120 spans are forwarded once and counted once");
  }

  private Benched bench(int figures, String... words) throws IOException, InterruptedException {
    List<String> once = new ArrayList<>(List.of(words));
    once.addAll(List.of("--runs", "1"));
    return Benched.run(folder, figures, once.toArray(String[]::new));
  }

  @Test
  void aPeerThatNobodyKnowsIsRefused() throws IOException, InterruptedException {
    CommandLineRun run = CommandLineRun.nines("bench", "ingest", "--peer", "somebody");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.printed()).contains("otelcol");
  }
}
