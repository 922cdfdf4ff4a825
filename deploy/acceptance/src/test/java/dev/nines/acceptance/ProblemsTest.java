// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors that no resource makes are problems too, and say what would be right. */
@ExtendWith(OneUp.class)
class ProblemsTest {

  private static final String YAML = "application/yaml";
  private static final int BODY_MAX = 1 << 20;

  private final Up up;
  private final ApiDocument api;

  ProblemsTest(Up up) {
    this.up = up;
    api = ApiDocument.of(up);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET   | /api/v1/nothing                    | */*       | 404 | there is nothing at /api/v1/nothing",
        "GET   | /nothing                           | */*       | 404 | there is nothing at /nothing",
        "GET   | /api/v1/slos/a/b                   | */*       | 404 | there is nothing at",
        "PATCH | /api/v1/slos                       | */*       | 405 | GET or POST",
        "GET   | /api/v1/slos/check                 | */*       | 404 | there is no SLO 'check'",
        "GET   | /api/v1/slos                       | image/png | 406 | application/json",
        "GET   | /api/v1/openapi                    | text/csv  | 406 | application/json or application/yaml",
        "GET   | /api/v1/slos?nmae=x                | */*       | 400 | nmae: is no parameter here; there are none",
        "GET   | /api/v1/traces?limti=5             | */*       | 400 | known are attribute, cursor, error",
        "GET   | /api/v1/traces?limit=1&limit=2     | */*       | 400 | limit: may stand once",
        "GET   | /api/v1/traces?error=yes           | */*       | 400 | error: must be true or false",
        "GET   | /api/v1/audit?from_seq=first       | */*       | 400 | from_seq: must be a whole number",
        "GET   | /api/v1/sla/reports?revision=x     | */*       | 400 | revision: must be a whole number",
        "GET   | /api/v1/traces?attribute=a=1&attribute=b=2&limit=x | */* | 400 | limit: a whole number",
        "GET   | /metrics?collect=all               | */*       | 400 | collect: is no parameter",
      })
  void whatIsAskedForWronglyIsNamed(
      String verb, String path, String accept, int status, String word) {
    HttpResponse<String> answer =
        Http.send(
            up.http().request(path).header("Accept", accept).method(verb, BodyPublishers.noBody()));
    api.checkProblem(answer, status);
    assertThat(Http.json(answer).path("detail").asText()).contains(word);
    assertThat(Http.json(answer).has("errors")).as(answer.body()).isEqualTo(status == 400);
    assertThat(answer.headers().firstValue("Allow").isPresent()).isEqualTo(status == 405);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST | /api/v1/slos     | text/plain       | 415 | application/yaml",
        "POST | /api/v1/changes  | application/yaml | 415 | application/json",
        "POST | /api/v1/changes  | nonsense         | 415 | application/json",
        "POST | /api/v1/changes  | application/json | 400 | at line 1, column",
        "POST | /api/v1/slos     | application/yaml | 400 | body:1:",
      })
  void aBodyThatCannotBeReadIsNamed(
      String verb, String path, String type, int status, String word) {
    HttpResponse<String> answer = up.http().send(verb, path, type, "{\"service\": [unfinished");
    api.checkProblem(answer, status);
    assertThat(Http.json(answer).path("detail").asText())
        .contains(word)
        .doesNotContain("Exception", "com.fasterxml", "org.yaml");
  }

  @Test
  void aProbeIsAnsweredWhateverIsAppended() {
    assertThat(up.http().anonymous().get("/health/live?once=1").statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyAboveTheLimitIsRefusedWhetherItSaysItsLengthOrNot() {
    String large = " ".repeat(BODY_MAX + 1);
    api.checkProblem(up.http().send("POST", "/api/v1/slos", YAML, large), 413);
    api.checkProblem(chunked(large), 413);
    api.checkProblem(untyped(large), 413);
    api.checkProblem(up.http().send("POST", "/api/v1/slos", YAML, " ".repeat(9 << 20)), 413);
  }

  @Test
  void aBodyAtTheLimitIsRead() {
    HttpResponse<String> answer = chunked(" ".repeat(BODY_MAX));
    api.checkProblem(answer, 400);
    assertThat(answer.body()).contains("holds no object of OpenSLO");
  }

  private HttpResponse<String> chunked(String body) {
    return Http.send(up.http().request("/api/v1/slos").header("Content-Type", YAML).POST(of(body)));
  }

  private HttpResponse<String> untyped(String body) {
    return Http.send(up.http().request("/api/v1/slos/check").POST(of(body)));
  }

  private static BodyPublisher of(String body) {
    return BodyPublishers.ofInputStream(
        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
  }
}
