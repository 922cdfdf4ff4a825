// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.acceptance.DashboardFiles.Board;
import dev.nines.embedded.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every dashboard against Grafana's own types, by the TypeScript compiler. {@code ./nines test}
 * brings both: npm packages {@code @grafana/schema} 13.2.3 and {@code typescript} 5.9.3.
 */
class DashboardTypesTest {

  private static final Path PACKAGES = Cache.folder().resolve("grafana-schema-13.2.3");
  private static final String SETTINGS =
      """
      {"compilerOptions": {"strict": true, "noEmit": true, "skipLibCheck": true, "types": [],
        "module": "esnext", "moduleResolution": "node10", "target": "es2022", "baseUrl": ".",
        "paths": {"@grafana/schema": ["%1$s/dist/types/index.d.ts"],
                  "@grafana/schema/raw/*": ["%1$s/dist/types/raw/*"]}},
       "files": ["check.ts"]}
      """;

  @TempDir private Path folder;

  @Test
  void everyFieldIsOneThatGrafanaKnows() throws Exception {
    assertThat(errors(text -> text)).isEmpty();
  }

  /** A check that finds nothing may have checked nothing. */
  @Test
  void whatGrafanaDoesNotKnowIsFound() throws Exception {
    assertThat(
            errors(
                text ->
                    text.replaceFirst("\"graphMode\": \"none\"", "\"graphMod\": \"none\"")
                        .replaceFirst("\"drawStyle\": \"line\"", "\"drawStyle\": \"lines\"")
                        .replaceFirst("\"schemaVersion\": 42", "\"schemaVersion\": \"42\"")))
        .contains("'\"graphMod\"' does not exist")
        .contains("Type '\"lines\"' is not assignable")
        .contains("Type 'string' is not assignable to type 'number'");
  }

  private String errors(UnaryOperator<String> change) throws IOException, InterruptedException {
    assertThat(PACKAGES).as("run './nines test' once: it fetches the types").isDirectory();
    StringBuilder program = new StringBuilder(resource("/grafana/dashboard.ts"));
    int number = 0;
    for (Board board : DashboardFiles.boards()) {
      program
          .append("\nexport const board%d: Board = ".formatted(number++))
          .append(change.apply(board.text()))
          .append(";\n");
    }
    Files.writeString(folder.resolve("check.ts"), program);
    Files.writeString(
        folder.resolve("tsconfig.json"), SETTINGS.formatted(PACKAGES.resolve("schema")));
    Process compiler =
        new ProcessBuilder(
                "node", PACKAGES.resolve("typescript/bin/tsc").toString(), "-p", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    compiler.waitFor();
    return said;
  }

  private static String resource(String name) throws IOException {
    try (var stream = DashboardTypesTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
