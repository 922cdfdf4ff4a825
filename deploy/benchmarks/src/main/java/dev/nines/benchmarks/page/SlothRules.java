// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The rules that Sloth generates for an SLO of 99.9 % over 30 days: eight windows of its SLI, seven
 * series about it, a page and a ticket; three groups, which take the global interval. The shape is
 * that of Sloth's own example {@code getting-started}.
 */
final class SlothRules {

  private static final List<String> WINDOWS = List.of("5m", "30m", "1h", "2h", "6h", "1d", "3d");
  private static final String BUDGET = "0.0009999999999999432";

  private static final String LABELS =
      """
          labels:
            sloth_id: %1$s-requests-availability
            sloth_service: %1$s
            sloth_slo: requests-availability
      """;

  private static final String SELECTOR =
      "{sloth_id=\"%1$s-requests-availability\", sloth_service=\"%1$s\","
          + " sloth_slo=\"requests-availability\"}";

  private static final String SLI =
      """
        - record: slo:sli_error:ratio_rate%2$s
          expr: |
            (sum(rate(http_requests_total{job="%1$s",code=~"(5..|429)"}[%2$s])))
            /
            (sum(rate(http_requests_total{job="%1$s"}[%2$s])))
      %3$s      sloth_window: %2$s
      """;

  private static final String PERIOD =
      """
        - record: slo:sli_error:ratio_rate30d
          expr: |
            sum_over_time(slo:sli_error:ratio_rate5m%1$s[30d])
            / ignoring (sloth_window)
            count_over_time(slo:sli_error:ratio_rate5m%1$s[30d])
          labels:
            sloth_window: 30d
      """;

  private static final String META =
      """
      - name: sloth-slo-meta-recordings-%1$s-requests-availability
        rules:
        - record: slo:objective:ratio
          expr: vector(0.9990000000000001)
      %3$s  - record: slo:error_budget:ratio
          expr: vector(1-0.9990000000000001)
      %3$s  - record: slo:time_period:days
          expr: vector(30)
      %3$s  - record: slo:current_burn_rate:ratio
          expr: |
            slo:sli_error:ratio_rate5m%2$s
            / on(sloth_id, sloth_slo, sloth_service) group_left
            slo:error_budget:ratio%2$s
      %3$s  - record: slo:period_burn_rate:ratio
          expr: |
            slo:sli_error:ratio_rate30d%2$s
            / on(sloth_id, sloth_slo, sloth_service) group_left
            slo:error_budget:ratio%2$s
      %3$s  - record: slo:period_error_budget_remaining:ratio
          expr: 1 - slo:period_burn_rate:ratio%2$s
      %3$s  - record: sloth_slo_info
          expr: vector(1)
      %3$s      sloth_mode: cli-gen-prom
            sloth_objective: "99.9"
            sloth_spec: prometheus/v1
            sloth_version: dev
      """;

  private static final String ALERT =
      """
        - alert: RequestsAvailability
          expr: |
            (
                (slo:sli_error:ratio_rate%3$s%1$s > (%5$s * %2$s))
                and ignoring (sloth_window)
                (slo:sli_error:ratio_rate%4$s%1$s > (%5$s * %2$s))
            )
            or ignoring (sloth_window)
            (
                (slo:sli_error:ratio_rate%6$s%1$s > (%8$s * %2$s))
                and ignoring (sloth_window)
                (slo:sli_error:ratio_rate%7$s%1$s > (%8$s * %2$s))
            )
          labels:
            sloth_severity: %9$s
          annotations:
            title: (%9$s) {{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is too fast.
      """;

  private SlothRules() {}

  /** The value of label {@code sloth_id} of a service's alerts. */
  static String id(Service service) {
    return service.name() + "-requests-availability";
  }

  static void write(Path file, List<Service> services) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("groups:\n");
      for (Service service : services) {
        out.write(groups(service.name()));
      }
    }
  }

  private static String groups(String service) {
    String labels = LABELS.formatted(service);
    String selector = SELECTOR.formatted(service);
    StringBuilder text = new StringBuilder();
    text.append("- name: sloth-slo-sli-recordings-").append(service);
    text.append("-requests-availability\n  rules:\n");
    WINDOWS.forEach(window -> text.append(SLI.formatted(service, window, labels)));
    text.append(PERIOD.formatted(selector));
    text.append(META.formatted(service, selector, labels));
    text.append("- name: sloth-slo-alerts-").append(service);
    text.append("-requests-availability\n  rules:\n");
    text.append(alert(selector, "page", "5m", "1h", "14.4", "30m", "6h", "6"));
    text.append(alert(selector, "ticket", "2h", "1d", "3", "6h", "3d", "1"));
    return text.toString();
  }

  private static String alert(String selector, String severity, String... pairs) {
    return String.format(
        Locale.ROOT,
        ALERT,
        selector,
        BUDGET,
        pairs[0],
        pairs[1],
        pairs[2],
        pairs[3],
        pairs[4],
        pairs[5],
        severity);
  }
}
