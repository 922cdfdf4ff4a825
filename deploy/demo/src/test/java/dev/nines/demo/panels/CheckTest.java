// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

  @TempDir private Path folder;

  @Test
  void eachSectionIsRead() throws IOException {
    List<Check> checks =
        read(
            """
            panels:
              - id: 3
                title: Requests
                with:
                  slo: SELECT slo FROM due
                until: SELECT 1
                equals: SELECT 2
                emptyIf: SELECT 4
            annotations:
              - name: Deploys
                never: SELECT 3
            """);
    assertThat(checks)
        .containsExactly(
            new Check(
                Check.Kind.PANEL,
                "Requests",
                3,
                Map.of("slo", "SELECT slo FROM due"),
                "SELECT 1",
                "SELECT 2",
                null,
                "SELECT 4"),
            new Check(Check.Kind.ANNOTATION, "Deploys", 0, Map.of(), null, null, "SELECT 3", null));
  }

  @Test
  void aCheckThatChecksNothingIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("panels: [{id: 1, title: Requests}]"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("panels: [{id: 1, title: Requests, equal: SELECT 1}]"));
    assertThatIllegalArgumentException().isThrownBy(() -> read("panels: [{equals: SELECT 1}]"));
  }

  private List<Check> read(String yaml) throws IOException {
    Files.writeString(folder.resolve("board.checks.yaml"), yaml);
    return Check.read(folder, "board");
  }
}
