// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.acceptance.ApiDocument.Operation;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every operation of the served OpenAPI document, called as each role and as a stranger, and every
 * example that it shows. A new operation is called here without a line being added.
 */
@ExtendWith(OneUp.class)
class EndpointsTest {

  private static final List<String> RIGHTS =
      List.of("READ", "RESPOND", "ADMINISTER", "WRITE_TELEMETRY");
  private static final String JSON = "application/json";
  private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/api/[^\"]+)\"");

  /** What another needs goes before it; what is not named here is called last. */
  private static final List<String> ORDER =
      List.of("putChannel", "putUser", "putSchedule", "putPolicy", "applySlos");

  private final Up up;
  private final ApiDocument api;

  EndpointsTest(Up up) {
    this.up = up;
    api = ApiDocument.of(up);
  }

  @Test
  void aStrangerIsRefusedEverywhereButAtProbesAndTheDocumentation() {
    Map<String, Http> strangers =
        Map.of(
            "without a token", up.http().anonymous(),
            "with an unknown token", up.http().as("nines_unknown"),
            "with a revoked token", up.http().as(revokedToken()));
    for (Operation operation : api.operations()) {
      strangers.forEach(
          (who, http) -> {
            HttpResponse<String> answer = operation.harmless(http);
            if (operation.right().isEmpty()) {
              assertThat(answer.statusCode()).as(operation.id() + " " + who).isIn(200, 404);
            } else {
              api.checkProblem(answer, 401);
              api.checkAnswer(operation, answer);
              assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
            }
          });
    }
    assertThat(api.operations().stream().filter(each -> each.right().isEmpty()).map(Operation::id))
        .containsExactlyInAnyOrder("getLiveness", "getReadiness", "getDocs", "getDocsFile");
  }

  @Test
  void everyOperationNeedsItsOwnRightAndNoOther() {
    for (String right : RIGHTS) {
      Http one = up.http().as(up.token(right));
      for (Operation operation : api.operations()) {
        HttpResponse<String> answer = operation.harmless(one);
        boolean allowed = operation.right().map(right::equals).orElse(true);
        if (allowed) {
          assertThat(answer.statusCode())
              .as(operation.id() + " with " + right + ": " + answer.body())
              .isNotIn(401, 403)
              .isLessThan(500);
        } else {
          api.checkProblem(answer, 403);
        }
        api.checkAnswer(operation, answer);
      }
    }
  }

  @Test
  void everyFileThatTheDocumentationNamesIsThereForAStranger() {
    Http stranger = up.http().anonymous();
    List<String> files =
        FILE.matcher(stranger.get("/api/v1/docs").body())
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(files).hasSize(4);
    assertThat(files).allMatch(file -> stranger.get(file).statusCode() == 200);
  }

  @Test
  void everyReadingIsAnsweredAsItIsDocumented() {
    for (Operation operation : api.operations()) {
      if (operation.verb().equals("GET")) {
        api.checkAnswer(operation, operation.asDocumented(up.http(), ""));
      }
    }
  }

  @Test
  void everyExampleOfABodyIsTakenAndAnsweredAsDocumented() {
    List<Operation> writing = new ArrayList<>(api.operations());
    writing.removeIf(each -> each.bodyType().isEmpty());
    writing.sort(Comparator.comparingInt(EndpointsTest::order));
    assertThat(writing).hasSizeGreaterThan(10);
    try {
      for (Operation operation : writing) {
        for (String body : examples(operation)) {
          HttpResponse<String> answer = operation.asDocumented(up.http(), body);
          assertThat(answer.statusCode())
              .as("%s with %s: %s", operation.id(), body, answer.body())
              .isEqualTo(operation.id().equals("reassignIncident") ? 404 : 200);
          api.checkAnswer(operation, answer);
        }
        if (operation.id().equals("applySlos")) {
          awaitInForce();
        }
      }
    } finally {
      forget();
    }
  }

  /** At once, but where an objective of another test ended a moment before. */
  private void awaitInForce() {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                Http.json(up.http().get("/api/v1/slos/checkout-availability"))
                    .path("inForce")
                    .asBoolean());
  }

  /** Leaves the platform to the other tests as it was. */
  private void forget() {
    up.http().send("PUT", "/api/v1/escalation/routing", JSON, "{\"rules\":[]}");
    for (String path :
        List.of(
            "escalation/policies/shop",
            "schedules/primary",
            "users/ann",
            "channels/team",
            "contracts/acme-retail",
            "slos/checkout-availability")) {
      up.http().send("DELETE", "/api/v1/" + path);
    }
  }

  private static int order(Operation operation) {
    int place = ORDER.indexOf(operation.id());
    return place < 0 ? ORDER.size() : place;
  }

  /** Of the first media type. */
  private static List<String> examples(Operation operation) {
    JsonNode media =
        operation
            .json()
            .path("requestBody")
            .path("content")
            .path(operation.bodyType().orElseThrow());
    List<String> bodies = new ArrayList<>();
    Optional.ofNullable(media.get("example")).ifPresent(each -> bodies.add(text(each)));
    media.path("examples").forEach(each -> bodies.add(text(each.path("value"))));
    return bodies;
  }

  private static String text(JsonNode example) {
    return example.isTextual() ? example.asText() : example.toString();
  }

  private String revokedToken() {
    JsonNode made =
        Http.json(
            up.http()
                .send("POST", "/api/v1/tokens", JSON, "{\"name\":\"gone\",\"rights\":[\"READ\"]}"));
    String id = made.path("row").path("id").asText();
    assertThat(up.http().send("DELETE", "/api/v1/tokens/" + id).statusCode()).isEqualTo(200);
    return made.path("token").asText();
  }
}
