// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a Prometheus keeps up with its rules, by its own metrics.
 *
 * @param groups of rules
 * @param due evaluations of groups, done or missed
 * @param missed evaluations that were skipped because the one before was not over
 * @param cycleSeconds sum of what each group took last: on one core
 */
record RuleHealth(long groups, double due, double missed, double cycleSeconds) {

  private static final String DUE = "prometheus_rule_group_iterations_total{";
  private static final String MISSED = "prometheus_rule_group_iterations_missed_total{";
  private static final String LAST = "prometheus_rule_group_last_duration_seconds{";

  static RuleHealth of(URI prometheus) {
    Map<String, Double> sums = new TreeMap<>();
    long groups = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                prometheus.resolve("/metrics").toURL().openStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String name = line.substring(0, line.indexOf('{') + 1);
        if (name.equals(DUE) || name.equals(MISSED) || name.equals(LAST)) {
          double value = Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
          sums.merge(name, value, Double::sum);
          groups += name.equals(LAST) ? 1 : 0;
        }
      }
    } catch (IOException e) {
      return new RuleHealth(0, 0, 0, 0);
    }
    return new RuleHealth(
        groups,
        sums.getOrDefault(DUE, 0.0),
        sums.getOrDefault(MISSED, 0.0),
        sums.getOrDefault(LAST, 0.0));
  }

  RuleHealth plus(RuleHealth other) {
    return new RuleHealth(
        groups + other.groups,
        due + other.due,
        missed + other.missed,
        cycleSeconds + other.cycleSeconds);
  }

  RuleHealth since(RuleHealth before) {
    return new RuleHealth(groups, due - before.due, missed - before.missed, cycleSeconds);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d groups of rules; a round of all took %.2f s; %,.0f evaluations were due, %,.0f were missed",
        groups,
        cycleSeconds,
        due,
        missed);
  }
}
