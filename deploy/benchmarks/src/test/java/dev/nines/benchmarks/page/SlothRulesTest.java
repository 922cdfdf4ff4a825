// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.benchmarks.Command;
import dev.nines.demo.stage.Prometheus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlothRulesTest {

  /** An outage that begins after 400 min: the hour's page holds at the fourth scrape. */
  private static final String OUTAGE =
      """
      rule_files: [rules.yml]
      evaluation_interval: 15s
      group_eval_order:
      - sloth-slo-sli-recordings-service-00003-requests-availability
      - sloth-slo-meta-recordings-service-00003-requests-availability
      - sloth-slo-alerts-service-00003-requests-availability
      tests:
      - interval: 15s
        input_series:
        - series: 'http_requests_total{job="service-00003",code="200"}'
          values: '1000000+150x1600 1240000x40'
        - series: 'http_requests_total{job="service-00003",code="500"}'
          values: '100x1600 250+150x39'
        alert_rule_test:
        - alertname: RequestsAvailability
          eval_time: 400m45s
          exp_alerts: [%1$s]
        - alertname: RequestsAvailability
          eval_time: 401m
          exp_alerts: [%1$s, %2$s]
      """;

  private static final String ALERT =
      """
      {exp_labels: {sloth_id: service-00003-requests-availability,
       sloth_service: service-00003, sloth_slo: requests-availability, sloth_severity: %1$s, sloth_window: %2$s},
       exp_annotations: {title: (%1$s) service-00003 requests-availability SLO error budget burn rate is too fast.}}
      """;

  @TempDir Path folder;

  @Test
  void promtoolTakesAllSeventeenRulesOfAnSlo() throws IOException {
    SlothRules.write(
        folder.resolve("rules.yml"), List.of(new Service(3, 1_000), new Service(4, 1_000)));
    assertThat(promtool("check", "rules", "--lint=none", "rules.yml"))
        .contains("SUCCESS: 34 rules found");
  }

  @Test
  void aTotalOutagePagesOnceTheHourHasBurned() throws IOException {
    SlothRules.write(folder.resolve("rules.yml"), List.of(new Service(3, 1_000)));
    String ticket = ALERT.formatted("ticket", "6h").replace('\n', ' ');
    String page = ALERT.formatted("page", "5m").replace('\n', ' ');
    Files.writeString(folder.resolve("test.yml"), OUTAGE.formatted(ticket, page));
    assertThat(promtool("test", "rules", "test.yml")).contains("SUCCESS");
  }

  private String promtool(String... words) {
    Path program =
        Prometheus.find("promtool")
            .orElseThrow(() -> new AssertionError("no promtool: './nines test' fetches one"));
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    return Command.run(folder, Map.of(), command);
  }
}
