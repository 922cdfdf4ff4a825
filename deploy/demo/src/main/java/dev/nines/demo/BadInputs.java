// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.stage.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a careless or hostile client sends in the middle of the traffic, and the answer it must get.
 */
final class BadInputs {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final byte[] TRUNCATED = {0x0a, 0x7f, 0x01};
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

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI otlp;
  private final String token;
  private final Api api;
  private final List<String> wrong = new ArrayList<>();

  /**
   * @param otlp base of a collector's OTLP/HTTP
   */
  BadInputs(URI otlp, String token, Api api) {
    this.otlp = otlp;
    this.token = token;
    this.api = api;
  }

  /** Sends all of them; one line for each answer that is not the right one. */
  List<String> unrefused() {
    traces("truncated protobuf", token, PROTOBUF, TRUNCATED, 400);
    traces("a wrong content type", token, "text/plain", TRUNCATED, 415);
    traces("an unknown token", "nines_unknown", PROTOBUF, new byte[0], 401);
    traces("a body over 64 MiB", token, PROTOBUF, new byte[(64 << 20) + 1], 413);
    objectives();
    return wrong;
  }

  private void traces(String what, String bearer, String type, byte[] body, int status) {
    HttpRequest request =
        HttpRequest.newBuilder(otlp.resolve("/v1/traces"))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", type)
            .header("Authorization", "Bearer " + bearer)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      int answered = client.send(request, BodyHandlers.discarding()).statusCode();
      if (answered != status) {
        wrong.add(what + " was answered with " + answered + " instead of " + status);
      }
    } catch (IOException e) {
      wrong.add(what + " was not answered: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void objectives() {
    try {
      api.send("POST", "/api/v1/slos", "application/yaml", BROKEN_SLO);
      wrong.add("an objective with several errors was accepted");
    } catch (Api.Refused refused) {
      String message = String.valueOf(refused.getMessage());
      for (String rule : List.of("metadata.name", "budgetingMethod", "target")) {
        if (!message.contains(rule)) {
          wrong.add("the refusal of a broken objective does not name " + rule);
        }
      }
    } catch (IOException e) {
      wrong.add("a broken objective was not answered: " + e);
    }
  }
}
