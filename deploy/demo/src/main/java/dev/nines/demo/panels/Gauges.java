// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.panels.Gallery.Visit;
import dev.nines.demo.stage.Prometheus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The panels on the platform's own metrics: each query must give numbers. */
public final class Gauges {

  /** What Grafana makes of {@code $__rate_interval} for a scrape each second, and more. */
  private static final String RATE_INTERVAL = "15s";

  private static final Pattern MACRO = Pattern.compile("\\$__rate_interval\\b");

  private final Path dashboards;

  public Gauges(Path dashboards) {
    this.dashboards = dashboards;
  }

  /** PromQL of every panel, macros expanded. */
  public List<String> queries() throws IOException {
    List<String> queries = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.readAll(dashboards)) {
      dashboard.panels().stream()
          .filter(Dashboard.Panel::asksPrometheus)
          .forEach(panel -> panel.queries().forEach(query -> queries.add(expanded(query))));
    }
    return queries;
  }

  private static String expanded(String query) {
    return MACRO.matcher(query).replaceAll(RATE_INTERVAL);
  }

  /** Asks every panel over the whole range. */
  public Visit visit(Prometheus prometheus, TimeRange range) throws IOException {
    int panels = 0;
    List<String> lies = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.readAll(dashboards)) {
      for (Dashboard.Panel panel : dashboard.panels()) {
        if (panel.asksPrometheus()) {
          panels++;
          if (!showsNumbers(prometheus, panel, range)) {
            lies.add(dashboard.name() + ", " + panel.title() + " shows nothing");
          }
        }
      }
    }
    return new Visit(panels, panels - lies.size(), lies);
  }

  private static boolean showsNumbers(Prometheus prometheus, Dashboard.Panel panel, TimeRange range)
      throws IOException {
    for (String query : panel.queries()) {
      if (!hasNumber(prometheus.range(expanded(query), range.from(), range.to()))) {
        return false;
      }
    }
    return !panel.queries().isEmpty();
  }

  private static boolean hasNumber(JsonNode series) {
    for (JsonNode line : series) {
      for (JsonNode point : line.path("values")) {
        if (!point.path(1).asText("NaN").equals("NaN")) {
          return true;
        }
      }
    }
    return false;
  }
}
