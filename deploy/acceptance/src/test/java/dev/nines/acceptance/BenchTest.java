// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} runs and reports; how fast anything is, is not asked here. */
@ExtendWith(OneUp.Away.class)
class BenchTest {

  @TempDir Path folder;

  @Test
  void ingestIsMeasuredPlainCompressedAndRedacted() throws IOException, InterruptedException {
    CommandLineRun run = run("ingest", "--seconds", "3", "--warmup-seconds", "0", "--rate", "3000");
    List<JsonNode> figures = figures(run, 3);
    for (JsonNode figure : figures) {
      assertThat(figure.get("bench").textValue()).isEqualTo("ingest");
      assertThat(figure.get("value").doubleValue()).isPositive();
      assertThat(figure.get("peer").isNull()).isTrue();
    }
    assertThat(run.exitCode() == 0).isEqualTo(run.printed().contains("Every goal is reached."));
    assertThat(run.printed()).contains("Pinned: the process under test on core 0");
  }

  @Test
  void archiveIsMeasuredAndHasEachSpanOnce() throws IOException, InterruptedException {
    JsonNode figure = figures(run("archive", "--spans", "5000", "--cold"), 1).getFirst();
    assertThat(figure.get("metric").textValue()).isEqualTo("kafka-to-clickhouse");
    assertThat(figure.get("value").doubleValue()).isPositive();
  }

  @Test
  void extractionForwardsAndCountsEachSpanOnce() throws IOException, InterruptedException {
    CommandLineRun run = run("extraction", "--spans", "5000", "--cold");
    JsonNode figure = figures(run, 1).getFirst();
    assertThat(figure.get("metric").textValue()).isEqualTo("extraction-with-100-slos");
    assertThat(figure.get("value").doubleValue()).isPositive();
    assertThat(run.printed()).contains("all 5,120 spans are forwarded once and counted once");
  }

  @Test
  void theEngineKeepsEveryBudgetRightOverTwoKills() throws IOException, InterruptedException {
    CommandLineRun run =
        run(
            "engine",
            "--cold",
            "--records",
            "2000",
            "--budgets",
            "440",
            "--history-minutes",
            "30",
            "--held-seconds",
            "3");
    List<JsonNode> figures = figures(run, 7);
    assertThat(figures)
        .extracting(figure -> figure.get("metric").textValue())
        .containsExactly(
            "count-records",
            "resident-memory",
            "acknowledged-to-visible-p99",
            "restored-state-kept",
            "away-state-kept",
            "restored-state-lost",
            "away-state-lost");
    for (JsonNode figure : figures) {
      assertThat(figure.get("value").doubleValue()).isPositive();
    }
    assertThat(run.printed().split("every budget has exactly the events that were written"))
        .hasSize(3);
    assertThat(run.exitCode() == 0).isEqualTo(!run.printed().contains("MISSED"));
  }

  @Test
  void whatIsStoredIsFound() throws IOException, InterruptedException {
    CommandLineRun run =
        CommandLineRun.nines("bench", "query", "--spans", "20000", "--report", report().toString());
    figures(run, 6);
    assertThat(run.printed())
        .contains(
            "trace-by-id",
            "search-by-attribute",
            "search-by-operation",
            "search-by-rare-operation");
  }

  private CommandLineRun run(String bench, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("bench", bench, "--runs", "1"));
    words.addAll(List.of("--report", report().toString()));
    words.addAll(List.of(more));
    return CommandLineRun.nines(words.toArray(String[]::new));
  }

  private Path report() {
    return folder.resolve("bench.jsonl");
  }

  private List<JsonNode> figures(CommandLineRun run, int count) throws IOException {
    List<String> lines = Files.exists(report()) ? Files.readAllLines(report()) : List.of();
    assertThat(lines).as(run.printed()).hasSize(count);
    List<JsonNode> figures = new ArrayList<>();
    for (String line : lines) {
      figures.add(new ObjectMapper().readTree(line));
    }
    return figures;
  }

  @Test
  void aPeerThatNobodyKnowsIsRefused() throws IOException, InterruptedException {
    CommandLineRun run = CommandLineRun.nines("bench", "ingest", "--peer", "somebody");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.printed()).contains("otelcol");
  }
}
