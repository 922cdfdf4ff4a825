// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad input is refused with its reason and harms nothing else; a repeat is counted once. */
@ExtendWith(OneUp.class)
class IntakeTest {

  private static final int MAX_BYTES = 64 << 20;
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String BROKEN_SLO =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: Not A Label
      spec:
        service: checkout
        budgetingMethod: Sometimes
        objectives:
          - target: 1.5
      """;

  private final Up up;

  IntakeTest(Up up) {
    this.up = up;
  }

  @Test
  void badInputIsRefusedAndAGoodBatchAfterItIsFound() {
    answers(400, truncated(), PROTOBUF, Optional.empty());
    assertThat(up.otlp().grpc(truncated(), Optional.empty()))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    answers(415, new byte[10], "text/plain", Optional.empty());
    answers(413, new byte[MAX_BYTES + 1], PROTOBUF, Optional.empty());
    answers(401, new byte[0], PROTOBUF, Optional.of("nines_unknown"));
    brokenObjectiveIsRefused();

    Batch good = Batch.of("a good batch after bad input", 5);
    answers(200, good.body(), PROTOBUF, Optional.empty());
    await().atMost(60, SECONDS).until(() -> up.stored(good) == 5);
  }

  @Test
  void aBatchSentThreeTimesIsStoredOnceAndTheAccountsSaySo() {
    long before = up.account().path("deduplicated").asLong();
    Batch batch = Batch.of("sent three times", 4);
    assertThat(up.otlp().http(batch.body(), Optional.empty()).statusCode()).isEqualTo(200);
    assertThat(up.otlp().grpc(batch.body(), Optional.empty())).isEqualTo(Status.Code.OK);
    assertThat(up.otlp().http(batch.body(), Optional.empty()).statusCode()).isEqualTo(200);
    await()
        .atMost(60, SECONDS)
        .untilAsserted(
            () -> {
              JsonNode account = up.account();
              assertThat(account.path("deduplicated").asLong()).isEqualTo(before + 8);
              assertThat(account.path("residual").asLong(-1)).isZero();
              assertThat(account.path("inFlight").asLong(-1)).isZero();
              assertThat(account.path("duplicates").asLong(-1)).isZero();
              assertThat(up.stored(batch)).isEqualTo(4);
            });
  }

  private void brokenObjectiveIsRefused() {
    HttpResponse<String> answer =
        up.http().send("POST", "/api/v1/slos?file=a.yaml", "application/yaml", BROKEN_SLO);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Http.contentType(answer)).startsWith("application/problem+json");
    List<String> places = new ArrayList<>();
    for (JsonNode violation : Http.json(answer).path("errors")) {
      places.add(violation.path("line").asInt() + " " + violation.path("field").asText());
      assertThat(violation.path("file").asText()).isEqualTo("a.yaml");
      assertThat(violation.path("rule").asText()).isNotEmpty();
      assertThat(violation.path("message").asText()).isNotEmpty();
    }
    assertThat(places)
        .contains("4 metadata.name", "7 spec.budgetingMethod", "9 spec.objectives[0].target");
  }

  private void answers(int status, byte[] body, String type, Optional<String> token) {
    HttpResponse<String> answer = up.otlp().http(body, type, token);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private static byte[] truncated() {
    byte[] whole = Batch.of("truncated", 3).body();
    return Arrays.copyOf(whole, whole.length - 7);
  }
}
