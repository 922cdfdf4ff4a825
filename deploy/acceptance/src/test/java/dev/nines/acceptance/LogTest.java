// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code nines.log-json}: a line of the log is a JSON object, and says who, when and where. */
@ExtendWith(OneUp.class)
class LogTest {

  private final Up up;
  private final JsonMapper json = new JsonMapper();

  LogTest(Up up) {
    this.up = up;
  }

  @Test
  void everyLineOfTheServerIsAnObject() throws IOException {
    Path file = up.data().resolve("server.out");
    List<String> lines =
        Files.readAllLines(file).stream().filter(line -> line.startsWith("{")).toList();
    assertThat(lines).isNotEmpty();
    for (String line : lines) {
      JsonNode entry = json.readTree(line);
      OffsetDateTime.parse(entry.path("time").asText());
      assertThat(entry.path("level").asText()).as(line).isIn("INFO", "WARN", "ERROR", "FATAL");
      assertThat(entry.path("role").asText()).as(line).isEqualTo("all");
      for (String field : List.of("logger", "message", "thread")) {
        assertThat(entry.path(field).isTextual()).as(field + " of " + line).isTrue();
      }
    }
    assertThat(Files.readString(file)).doesNotContain(" INFO  [");
  }
}
