// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An SLO over the spans of {@link SentSpans}, as the API has it. */
record BackfilledSlo(Up up, String name) {

  /**
   * @param bad condition of bad spans
   * @return when its line begins
   */
  Instant apply(String service, String bad) {
    String yaml =
        """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: %s}
        spec:
          service: shop
          indicator:
            metadata: {name: failures}
            spec:
              ratioMetric:
                total: {metricSource: {type: nines/spans, spec: {service: %s, attributes: {tier: gold}}}}
                bad: {metricSource: {type: nines/spans, spec: {bad: '%s'}}}
          timeWindow: [{duration: 28d, isRolling: true}]
          budgetingMethod: Occurrences
          objectives: [{target: 0.9}]
        """
            .formatted(name, service, bad);
    HttpResponse<String> answer = up.http().send("POST", "/api/v1/slos", "application/yaml", yaml);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Instant.parse(read().path("effectiveFrom").asText());
  }

  /** Returns when its line ends. */
  Instant remove() {
    HttpResponse<String> answer = up.http().send("DELETE", "/api/v1/slos/" + name);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Instant.parse(Http.json(answer).path("effectiveFrom").asText());
  }

  JsonNode read() {
    return Http.json(up.http().get("/api/v1/slos/" + name));
  }

  String backfill() {
    return read().at("/backfill/state").asText();
  }

  /** Waits until its back-fill is at work, and not done yet. */
  void awaitAtWork() {
    await()
        .atMost(60, SECONDS)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptions()
        .until(() -> !backfill().equals("pending"));
    assertThat(backfill()).isEqualTo("running");
  }

  void awaitDone(int seconds) {
    await().atMost(seconds, SECONDS).ignoreExceptions().until(() -> backfill().equals("done"));
  }

  /** Good and total by scope, of the live budget. */
  Map<String, List<Long>> status() {
    return scopes(read().path("status"), "");
  }

  /** The same from the ledger, as the account of the budget that nothing is left out of. */
  Map<String, List<Long>> account() {
    return scopes(
        Http.json(up.http().get("/api/v1/slos/" + name + "/budget")).path("scopes"), "/live");
  }

  /** The same of three days from the ledger. */
  Map<String, List<Long>> ledger(List<String> scopes) {
    Instant now = Instant.now();
    return ledger("measured", "day", now.minus(3, ChronoUnit.DAYS), now, scopes);
  }

  /** What counted at the time, of some hours. */
  Map<String, List<Long>> counted(Instant from, Instant to, List<String> scopes) {
    Instant minute = to.truncatedTo(ChronoUnit.MINUTES);
    return ledger("counted", "minute", from, minute, scopes);
  }

  private Map<String, List<Long>> ledger(
      String account, String step, Instant from, Instant to, List<String> scopes) {
    String path = "/api/v1/slos/%s/ledger?account=%s&step=%s&from=%s&to=%s&scope=";
    Map<String, List<Long>> sums = new TreeMap<>();
    for (String scope : scopes) {
      String asked = path.formatted(name, account, step, from, to) + scope;
      Http.json(up.http().get(asked))
          .path("slices")
          .forEach(slice -> sums.merge(scope, events(slice), SentSpans::plus));
    }
    return sums;
  }

  static long stored(Store store) throws IOException {
    String sql =
        "SELECT count() FROM spans WHERE tenant = 'default' AND service = '%s'"
            .formatted(SentSpans.SERVICE);
    return Long.parseLong(store.query(sql).getFirst().getFirst());
  }

  private static Map<String, List<Long>> scopes(JsonNode scopes, String figures) {
    Map<String, List<Long>> sums = new TreeMap<>();
    scopes.forEach(
        scope ->
            sums.put(
                scope.path("scope").asText(),
                events(figures.isEmpty() ? scope : scope.at(figures))));
    return sums;
  }

  private static List<Long> events(JsonNode figures) {
    return List.of(figures.path("good").asLong(), figures.path("total").asLong());
  }
}
