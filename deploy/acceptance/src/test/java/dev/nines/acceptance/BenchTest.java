// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} runs and reports; how fast anything is, is not asked here. */
@ExtendWith(OneUp.Away.class)
class BenchTest {

  @TempDir Path folder;

  @Test
  void ingestIsMeasuredForBothEncodings() throws IOException, InterruptedException {
    Path report = folder.resolve("bench.jsonl");
    CommandLineRun run =
        CommandLineRun.nines(
            "bench",
            "ingest",
            "--runs",
            "1",
            "--seconds",
            "3",
            "--warmup-seconds",
            "0",
            "--rate",
            "10000",
            "--report",
            report.toString());
    List<String> lines = Files.exists(report) ? Files.readAllLines(report) : List.of();
    assertThat(lines).as(run.printed()).hasSize(2);
    for (String line : lines) {
      JsonNode figure = new ObjectMapper().readTree(line);
      assertThat(figure.get("bench").textValue()).isEqualTo("ingest");
      assertThat(figure.get("value").doubleValue()).isPositive();
      assertThat(figure.get("peer").isNull()).isTrue();
    }
    assertThat(run.exitCode() == 0).isEqualTo(run.printed().contains("Every goal is reached."));
    assertThat(run.printed()).contains("Pinned: the process under test on core 0");
  }

  @Test
  void archiveIsMeasuredAndHasEachSpanOnce() throws IOException, InterruptedException {
    Path report = folder.resolve("archive.jsonl");
    CommandLineRun run =
        CommandLineRun.nines(
            "bench",
            "archive",
            "--runs",
            "1",
            "--seconds",
            "3",
            "--warmup-seconds",
            "0",
            "--rate",
            "3000",
            "--report",
            report.toString());
    List<String> lines = Files.exists(report) ? Files.readAllLines(report) : List.of();
    assertThat(lines).as(run.printed()).hasSize(1);
    JsonNode figure = new ObjectMapper().readTree(lines.getFirst());
    assertThat(figure.get("metric").textValue()).isEqualTo("kafka-to-clickhouse");
    assertThat(figure.get("value").doubleValue()).isPositive();
  }

  @Test
  void whatIsStoredIsFound() throws IOException, InterruptedException {
    Path report = folder.resolve("query.jsonl");
    CommandLineRun run =
        CommandLineRun.nines("bench", "query", "--spans", "20000", "--report", report.toString());
    List<String> lines = Files.exists(report) ? Files.readAllLines(report) : List.of();
    assertThat(lines).as(run.printed()).hasSize(3);
    assertThat(run.printed()).contains("trace-by-id", "search-by-attribute");
  }

  @Test
  void aPeerThatNobodyKnowsIsRefused() throws IOException, InterruptedException {
    CommandLineRun run = CommandLineRun.nines("bench", "ingest", "--peer", "somebody");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.printed()).contains("otelcol");
  }
}
