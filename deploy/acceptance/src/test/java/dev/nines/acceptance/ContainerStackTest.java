// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * The product by role on the official images, as the compose file sets them up. Loudly skipped
 * where Docker or an image is missing.
 */
class ContainerStackTest {

  private static final String TOKEN = "nines_acceptance_token_of_more_than_20_characters";

  private final SourceTree tree = new SourceTree();
  private final ComposeFile compose =
      new ComposeFile(
          tree.root(),
          Map.of(
              "CLICKHOUSE_PASSWORD", "written",
              "CLICKHOUSE_READER_PASSWORD", "read",
              "POSTGRES_PASSWORD", "kept"));

  @Test
  void aTraceGoesInAtTheCollectorAndComesOutOfTheApi() throws Exception {
    ContainerStack.missing(compose).ifPresent(ContainerStackTest::skip);
    try (ContainerStack stack = ContainerStack.start(tree.root(), compose, TOKEN)) {
      assertThat(stack.container("control").execInContainer("id", "-u").getStdout())
          .isEqualToIgnoringNewLines("10001");
      Batch batch = Batch.of("container stack", 1);
      assertThat(
              new Otlp(stack.url("collector", 4318), stack.url("collector", 4318))
                  .http(batch.body(), Optional.of(TOKEN))
                  .statusCode())
          .isEqualTo(200);
      Http api = new Http(stack.url("control", 8080), Optional.of(TOKEN));
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(api.get("/api/v1/traces/" + batch.traceId()).statusCode())
                      .isEqualTo(200));
    }
  }

  private static void skip(String reason) {
    String said = "SKIPPED: the stack of official images did NOT run: " + reason;
    String line = "*".repeat(said.length() + 4);
    System.err.printf("%s%n* %s *%n%s%n", line, said, line);
    Assumptions.abort(said);
  }
}
