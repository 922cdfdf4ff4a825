// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    Path report = folder.resolve("bench.jsonl");
    CommandLineRun run =
        CommandLineRun.nines(
            "bench",
            "page",
            "--slos",
            "4",
            "--failing",
            "3",
            "--clean-seconds",
            "5",
            "--report",
            report.toString());
    List<String> lines = Files.exists(report) ? Files.readAllLines(report) : List.of();
    assertThat(lines).as(run.printed()).hasSize(1);
    JsonNode figure = new ObjectMapper().readTree(lines.getFirst());
    assertThat(figure.get("metric").textValue())
        .isEqualTo("overhead-since-acknowledgement-p99-at-4-slos");
    assertThat(figure.get("value").doubleValue()).isNotNegative();
    assertThat(run.printed())
        .contains("of 3 pages")
        .doesNotContain("did not come", "did not burn", "before it was due");
  }
}
