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
import java.util.stream.Stream;

/** A run of {@code bench} and what it reported. */
record Benched(CommandLineRun run, List<JsonNode> figures) {

  /**
   * @param folder for the report
   * @param count figures that there must be
   */
  static Benched run(Path folder, int count, String... words)
      throws IOException, InterruptedException {
    Path report = folder.resolve("bench.jsonl");
    CommandLineRun run =
        CommandLineRun.nines(
            Stream.of(
                    Stream.of("bench"), Stream.of(words), Stream.of("--report", report.toString()))
                .flatMap(each -> each)
                .toArray(String[]::new));
    List<String> lines = Files.exists(report) ? Files.readAllLines(report) : List.of();
    assertThat(lines).as(run.printed()).hasSize(count);
    List<JsonNode> figures = new ArrayList<>();
    for (String line : lines) {
      figures.add(new ObjectMapper().readTree(line));
    }
    return new Benched(run, figures);
  }

  JsonNode figure() {
    return figures.getFirst();
  }

  String printed() {
    return run.printed();
  }
}
