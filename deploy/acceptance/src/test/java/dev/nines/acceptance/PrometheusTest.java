// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.panels.Gauges;
import dev.nines.demo.stage.Prometheus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The panels on our own metrics, asked through a real Prometheus that scrapes a real platform. */
@ExtendWith(OneUp.class)
class PrometheusTest {

  private static final Pattern METRIC = Pattern.compile("\\bnines_\\w+");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

  private final Up up;
  private final Gauges gauges = new Gauges(DashboardFiles.FOLDER);
  @TempDir private Path folder;

  PrometheusTest(Up up) {
    this.up = up;
  }

  @Test
  void everyMetricThatAPanelNamesIsExported() throws IOException {
    Set<String> exported = exported();
    List<String> named =
        gauges.queries().stream()
            .flatMap(query -> METRIC.matcher(query).results().map(MatchResult::group))
            .distinct()
            .toList();
    assertThat(named).hasSizeGreaterThan(10);
    assertThat(exported).containsAll(named);
  }

  @Test
  void everyMetricThatARuleNamesIsExported() throws IOException {
    Set<String> exported = exported();
    Set<String> named = AlertRules.metrics();
    assertThat(named).hasSizeGreaterThan(25);
    assertThat(exported).containsAll(named);
  }

  @Test
  void everyPanelShowsSomething() throws IOException {
    Path binary =
        Prometheus.find()
            .orElseThrow(() -> new AssertionError("no prometheus: './nines test' fetches one"));
    Path configuration = DashboardFiles.HOME.resolve("prometheus/prometheus.yml");
    List<String> queries = gauges.queries();
    assertThat(queries).hasSizeGreaterThan(10);
    try (Prometheus prometheus =
        Prometheus.start(
            binary, configuration, folder, List.of(up.platform().api()), up.token("READ"))) {
      Batch batch = Batch.of("seen by Prometheus", 3);
      assertThat(up.otlp().http(batch.body(), Optional.empty()).statusCode()).isEqualTo(200);
      await().atMost(30, SECONDS).until(() -> value(prometheus, "up{job=\"nines\"}").equals("1"));
      for (String query : queries) {
        await()
            .atMost(30, SECONDS)
            .untilAsserted(() -> assertThat(prometheus.query(query).size()).as(query).isPositive());
      }
      await().atMost(30, SECONDS).untilAsserted(() -> seesRulesAtRest(prometheus));
    }
  }

  /** Evaluated, without an error; and a platform that is well wakes nobody. */
  private static void seesRulesAtRest(Prometheus prometheus) throws IOException {
    int rules = 0;
    for (JsonNode group : prometheus.ruleGroups()) {
      for (JsonNode rule : group.path("rules")) {
        rules++;
        String name = rule.path("name").asText();
        assertThat(rule.path("health").asText()).as(name + rule.path("lastError")).isEqualTo("ok");
        assertThat(rule.path("state").asText()).as(name).isNotEqualTo("firing");
      }
    }
    assertThat(rules).isEqualTo(AlertRules.all().size());
  }

  private Set<String> exported() {
    return TYPE.matcher(up.http().get("/metrics").body())
        .results()
        .flatMap(type -> series(type.group(1), type.group(2)))
        .collect(Collectors.toSet());
  }

  private static Stream<String> series(String family, String type) {
    return switch (type) {
      case "histogram" -> Stream.of(family + "_bucket", family + "_sum", family + "_count");
      case "summary" -> Stream.of(family, family + "_sum", family + "_count");
      default -> Stream.of(family);
    };
  }

  private static String value(Prometheus prometheus, String query) throws IOException {
    return prometheus.query(query).path(0).path("value").path(1).asText();
  }
}
