// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import dev.nines.embedded.Addresses;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Planted values are in no store, topic, log or file; with redaction off the same search finds them
 * where they are expected.
 *
 * <p>Not in the suite, for it takes minutes: {@code ./nines test -Dtest=LeakProof}.
 */
@ExtendWith(OneUp.Away.class)
class LeakProof {

  private static final String SLO =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: planted
        annotations:
          nines.dev/burn: 'long=2m short=20s factor=10 severity=page'
          nines.dev/group: customer
      spec:
        service: planted
        indicator:
          metadata:
            name: planted-failures
          spec:
            ratioMetric:
              counter: true
              total:
                metricSource:
                  type: nines/spans
                  spec:
                    service: planted
              bad:
                metricSource:
                  type: nines/spans
                  spec:
                    bad: 'status = error'
        timeWindow:
          - duration: 1h
            isRolling: true
        budgetingMethod: Occurrences
        objectives:
          - target: 0.999
      """;

  /** Where each field's values are known to go when nothing takes them out. */
  private static final Map<String, List<String>> EXPECTED =
      Map.of(
          "clickhouse default.spans",
          List.of(
              "span.trace_state",
              "span.name",
              "span.attribute",
              "span.attribute.key",
              "span.attribute.integer",
              "span.attribute.nested",
              "event.name",
              "event.attribute",
              "link.attribute",
              "status.message",
              "spans.resource.attribute",
              "spans.scope.name"),
          "clickhouse default.metric_series",
          List.of(
              "point.attribute",
              "metric.name",
              "metric.description",
              "metric.unit",
              "metrics.resource.attribute",
              "metrics.scope.name",
              "metrics.scope.version",
              "metrics.scope.attribute"),
          "clickhouse default.metric_exemplars",
          List.of("exemplar.attribute"),
          "clickhouse default.ledger",
          List.of("span.attribute"),
          "postgres public.postmortem",
          List.of("span.attribute"),
          "topic red.rollups",
          List.of("span.name"),
          "topic sli.counts",
          List.of("span.attribute"),
          "topic slo.ledger",
          List.of("span.attribute"),
          "topic nines-evaluation-groups-changelog",
          List.of("span.attribute"));

  private static final List<String> FILES =
      List.of("platform/kafka/log/telemetry.in.master", "platform/clickhouse/store");

  private static final String CLICKHOUSE = "clickhouse ";
  private static final String LEDGER = "default.ledger";

  private final Map<String, List<String>> found = new TreeMap<>();

  @Test
  void withRedactionNoPlantedValueIsAnywhere(@TempDir Path folder) {
    try (Up up =
        start(
            folder,
            "nines.redaction.cards=drop",
            "nines.redaction.emails=hash",
            "nines.redaction.tokens=drop")) {
      Planted planted = send(up);
      search(up, folder, planted);
      assertThat(found).isEmpty();
      assertThat(
              new StoredTexts(Addresses.read(up.data()), folder)
                  .topics()
                  .get("telemetry.in.master"))
          .contains("[card]", "[email:", "[token]");
    }
  }

  @Test
  void withoutRedactionTheSameSearchFindsThemAll(@TempDir Path folder) {
    try (Up up = start(folder, "nines.redaction.cards=off")) {
      Planted planted = send(up);
      search(up, folder, planted);
      List<String> texts = new ArrayList<>(planted.values().keySet());
      texts.remove("span.attribute.integer"); // a number on the wire
      assertThat(found.get("topic telemetry.in.master")).containsExactlyElementsOf(texts);
      assertThat(found.get("topic telemetry.accepted.master")).containsExactlyElementsOf(texts);
      EXPECTED.forEach(
          (place, fields) -> assertThat(found.get(place)).as(place).containsAll(fields));
      for (String files : FILES) {
        assertThat(found.keySet()).as(files).anyMatch(place -> place.startsWith("file " + files));
      }
    }
  }

  private static Up start(Path folder, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of("nines.lateness=2s", "nines.catalog-lead=2s"));
    return Up.start(folder, all.toArray(String[]::new));
  }

  /** Both signals, each by protobuf, once an objective counts the spans by a planted attribute. */
  private static Planted send(Up up) {
    HttpResponse<String> applied = up.http().send("POST", "/api/v1/slos", "application/yaml", SLO);
    assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
    Planted planted = new Planted(Instant.now());
    assertThat(post(up, "/v1/traces", planted.traces())).isEqualTo(200);
    assertThat(post(up, "/v1/metrics", planted.metrics())).isEqualTo(200);
    return planted;
  }

  private static int post(Up up, String path, Message request) {
    return Http.send(
            HttpRequest.newBuilder(URI.create(up.otlpHttp() + path))
                .header("Content-Type", "application/x-protobuf")
                .POST(HttpRequest.BodyPublishers.ofByteArray(request.toByteArray())))
        .statusCode();
  }

  /** Which fields' values are where, once the batch is in every store. */
  private void search(Up up, Path folder, Planted planted) {
    StoredTexts texts = new StoredTexts(Addresses.read(up.data()), folder);
    await().atMost(180, SECONDS).pollInterval(3, SECONDS).until(() -> isCounted(up, texts));
    // The alert ends with the failures; the postmortem is written when its incident is resolved.
    await().atMost(180, SECONDS).pollInterval(3, SECONDS).untilAsserted(() -> hasArrived(texts));
    Map<String, String> all = new LinkedHashMap<>();
    texts.topics().forEach((topic, text) -> all.put("topic " + topic, text));
    texts.clickhouse().forEach((table, text) -> all.put("clickhouse " + table, text));
    texts.postgres().forEach((table, text) -> all.put("postgres " + table, text));
    all.forEach(
        (place, text) ->
            planted
                .values()
                .forEach(
                    (field, values) -> {
                      if (values.stream().anyMatch(text::contains)) {
                        found.computeIfAbsent(place, p -> new ArrayList<>()).add(field);
                      }
                    }));
    for (String file : texts.files(Planted.STEMS)) {
      found.computeIfAbsent("file " + file, f -> new ArrayList<>()).add("");
    }
  }

  /** What came before extraction knew the objective is not in its ledger: another batch will be. */
  private static boolean isCounted(Up up, StoredTexts texts) {
    boolean counted = !texts.clickhouse().getOrDefault(LEDGER, "").isEmpty();
    if (!counted) {
      assertThat(post(up, "/v1/traces", new Planted(Instant.now()).traces())).isEqualTo(200);
    }
    return counted;
  }

  /** Each store that is expected to have something of the batches has it. */
  private static void hasArrived(StoredTexts texts) {
    Map<String, String> tables = texts.clickhouse();
    assertThat(EXPECTED.keySet().stream().filter(place -> place.startsWith(CLICKHOUSE)))
        .allSatisfy(
            place ->
                assertThat(tables.getOrDefault(place.substring(CLICKHOUSE.length()), ""))
                    .as(place)
                    .isNotEmpty());
    assertThat(texts.postgres().getOrDefault("public.postmortem", "")).contains("planted");
  }
}
