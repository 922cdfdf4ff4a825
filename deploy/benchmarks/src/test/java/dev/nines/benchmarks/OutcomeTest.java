// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {

  private static final Case PLAIN =
      new Case("ingest", "plain", "otlp-grpc-plain-to-kafka", new Goal(300_000, 3));
  private static final Case GZIP =
      new Case("ingest", "gzip", "otlp-grpc-gzip-to-kafka", new Goal(200_000, 3));

  @TempDir Path folder;

  @Test
  void theGoalsAreReachedByMediansNotByTheBestRun() {
    assertThat(plain(runs("nines", 300_000, 200_000, 400_000)).missed()).isEmpty();
    assertThat(plain(runs("nines", 299_000, 200_000, 900_000)).missed())
        .containsExactly("plain: 299,000 spans per CPU-second are under the goal of 300,000");
  }

  @Test
  void gzipHasAGoalOfItsOwn() {
    Outcome outcome = new Outcome("");
    outcome.add(GZIP, List.of(runs("nines", 199_999)));
    assertThat(outcome.missed())
        .containsExactly("gzip: 199,999 spans per CPU-second are under the goal of 200,000");
  }

  @Test
  void thePeerWithTheSamePromiseMustBeBeatenThreeTimes() {
    assertThat(plain(runs("nines", 330_000), runs("otelcol", 110_000)).missed()).isEmpty();
    assertThat(plain(runs("nines", 330_000), runs("otelcol", 120_000)).missed())
        .containsExactly("plain: 2.75 times the peer is under the goal of 3 times");
  }

  @Test
  void thePeerThatPromisesLessIsShownAndNotAGoal() {
    Outcome outcome = plain(runs("nines", 330_000), runs("otelcol-defaults", 220_000));
    assertThat(outcome.missed()).isEmpty();
    assertThat(outcome.lines()).last().asString().contains("nines: 1.50 times this");
  }

  @Test
  void aLineHoldsTheMedianTheLeastAndTheMost() {
    assertThat(plain(runs("nines", 310_000, 305_000, 320_000)).lines())
        .last()
        .asString()
        .contains("310,000 spans/CPU-second (305,000 to 320,000)");
  }

  @Test
  void theReportGetsOneObjectALineAfterWhatItHolds() throws IOException {
    Path file = Files.writeString(folder.resolve("bench.jsonl"), "{\"bench\":\"other\"}\n");
    Outcome outcome =
        plain(runs("nines", 400_000), runs("otelcol", 100_000), runs("otelcol-defaults", 160_000));
    new Report(file).append(outcome.figures("a machine", "4d07f6d"));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1))
        .isEqualTo(
            "{\"bench\":\"ingest\",\"metric\":\"otlp-grpc-plain-to-kafka\",\"value\":400000.0,"
                + "\"unit\":\"spans/CPU-second\",\"higherIsBetter\":true,\"peer\":\"otelcol"
                + " v0.165.0\",\"peerValue\":100000.0,\"ratio\":4.0,\"machine\":\"a machine\","
                + "\"commit\":\"4d07f6d\"}");
    assertThat(new ObjectMapper().readTree(lines.get(2)).get("ratio").doubleValue()).isEqualTo(2.5);
  }

  @Test
  void withoutAPeerItsFieldsAreNull() throws IOException {
    Path file = folder.resolve("bench.jsonl");
    new Report(file).append(plain(runs("nines", 400_000)).figures("a machine", "4d07f6d"));
    assertThat(Files.readString(file)).contains("\"peer\":null,\"peerValue\":null,\"ratio\":null");
  }

  private static Outcome plain(Measured... subjects) {
    Outcome outcome = new Outcome("v0.165.0");
    outcome.add(PLAIN, List.of(subjects));
    return outcome;
  }

  private static Measured runs(String subject, double... spansPerCpuSecond) {
    return new Measured(subject, Arrays.stream(spansPerCpuSecond).boxed().toList());
  }
}
