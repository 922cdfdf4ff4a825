// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shape of answers and of errors. */
@ExtendWith(OneUp.class)
class ApiTest {

  private static final String JSON = "application/json";

  private final Up up;

  ApiTest(Up up) {
    this.up = up;
  }

  @Test
  void aChangeIsAnsweredAndListed() {
    JsonNode posted =
        ok(
            up.http()
                .send(
                    "POST",
                    "/api/v1/changes",
                    JSON,
                    "{\"service\":\"pay\",\"version\":\"v2\",\"kind\":\"deploy\",\"region\":\"eu\"}"));
    assertThat(posted.path("service").asText()).isEqualTo("pay");
    assertThat(Instant.parse(posted.path("at").asText()))
        .isBetween(Instant.now().minus(Duration.ofMinutes(5)), Instant.now().plusSeconds(5));
    JsonNode listed = ok(up.http().get("/api/v1/changes?service=pay")).path("changes");
    assertThat(listed).contains(posted);
  }

  @Test
  void aChannelIsListedWithoutItsSecretAndDeleted() {
    String body =
        "{\"type\":\"webhook\",\"url\":\"http://127.0.0.1:9/page\",\"secret\":\""
            + "s".repeat(40)
            + "\"}";
    JsonNode put = ok(up.http().send("PUT", "/api/v1/channels/team", JSON, body));
    assertThat(put.toString())
        .isEqualTo("{\"name\":\"team\",\"type\":\"webhook\",\"url\":\"http://127.0.0.1:9/page\"}");
    assertThat(ok(up.http().get("/api/v1/channels"))).contains(put);
    HttpResponse<String> deleted = up.http().send("DELETE", "/api/v1/channels/team", JSON, "");
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(ok(up.http().get("/api/v1/channels"))).doesNotContain(put);
  }

  @Test
  void incidentsAndAlertsAreListsEvenWhenThereAreNone() {
    assertThat(ok(up.http().get("/api/v1/incidents")).isArray()).isTrue();
    assertThat(ok(up.http().get("/api/v1/incidents?state=triggered")).isArray()).isTrue();
    assertThat(ok(up.http().get("/api/v1/alerts")).isArray()).isTrue();
  }

  @Test
  void theAuditTrailIsAChain() {
    up.token("READ"); // At least one row.
    JsonNode rows = ok(up.http().get("/api/v1/audit"));
    assertThat(rows.size()).isPositive();
    String previous = rows.get(0).path("prevHash").asText();
    for (JsonNode row : rows) {
      assertThat(row.path("prevHash").asText()).isEqualTo(previous).hasSize(64);
      assertThat(row.path("actor").asText()).isNotEmpty();
      assertThat(row.path("action").asText()).isNotEmpty();
      assertThat(Instant.parse(row.path("at").asText())).isBefore(Instant.now().plusSeconds(5));
      previous = row.path("hash").asText();
    }
    assertThat(rows.toString()).contains("token");
  }

  @Test
  void objectivesAndTracesAreObjects() {
    assertThat(ok(up.http().get("/api/v1/slos")).path("slos").isArray()).isTrue();
    assertThat(ok(up.http().get("/api/v1/traces?service=none")).path("traces").isArray()).isTrue();
    assertThat(ok(up.http().get("/api/v1/tokens")).path("tokens").isArray()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET    | /api/v1/traces/xyz                 | 400 | traceId",
        "GET    | /api/v1/traces?limit=9999          | 400 | limit",
        "GET    | /api/v1/traces?from=yesterday      | 400 | from",
        "GET    | /api/v1/accounting?from=yesterday  | 400 | from",
        "GET    | /api/v1/metrics/series             | 400 | metric",
        "GET    | /api/v1/metrics/query_range?fn=x   | 400 | fn",
        "GET    | /api/v1/incidents?state=odd        | 400 | odd",
        "GET    | /api/v1/incidents/none             | 404 | none",
        "GET    | /api/v1/incidents/none/postmortem  | 404 | none",
        "POST   | /api/v1/incidents/none/acknowledge | 404 | none",
        "GET    | /api/v1/slos/none                  | 404 | none",
        "GET    | /api/v1/changes?from=odd           | 400 | from",
        "GET    | /api/v1/nothing                    | 404 | ''",
        "DELETE | /api/v1/channels/none              | 404 | none",
        "DELETE | /api/v1/tokens/none                | 404 | none",
        "POST   | /api/v1/changes                    | 400 | service",
        "POST   | /api/v1/tokens                     | 400 | rights",
        "PUT    | /api/v1/channels/team              | 400 | type",
      })
  void anErrorIsAProblemThatNamesItsCause(String verb, String path, int status, String word) {
    HttpResponse<String> answer =
        verb.equals("GET") ? up.http().get(path) : up.http().send(verb, path, JSON, "{}");
    isProblem(answer, status);
    assertThat(answer.body()).contains(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /api/v1/changes       | 400 | application/json",
        "POST | /api/v1/tokens        | 400 | application/json",
        "PUT  | /api/v1/channels/team | 400 | application/json",
        "POST | /api/v1/slos          | 400 | application/yaml",
        "POST | /api/v1/changes       | 415 | text/plain",
        "POST | /api/v1/slos          | 415 | text/plain",
      })
  void aBodyThatCannotBeReadIsAProblem(String verb, String path, int status, String type) {
    isProblem(up.http().send(verb, path, type, "{\"name\": [unfinished"), status);
  }

  private static JsonNode ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Http.contentType(answer)).startsWith(JSON);
    return Http.json(answer);
  }

  private static void isProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(Http.contentType(answer)).as(answer.body()).startsWith("application/problem+json");
    assertThat(Http.json(answer).path("status").asInt()).isEqualTo(status);
    assertThat(Http.json(answer).path("title").asText()).isNotEmpty();
  }
}
