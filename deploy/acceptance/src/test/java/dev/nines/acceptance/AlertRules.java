// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** The alert rules on the platform itself. */
final class AlertRules {

  static final Path FILE = DashboardFiles.HOME.resolve("prometheus/rules/nines.yaml");

  private static final Pattern METRIC = Pattern.compile("\\b(?:nines|process|jvm|hikaricp)_\\w+");

  private AlertRules() {}

  /** One rule; annotations may be empty. */
  record Rule(String alert, String expr, Map<String, String> labels, Map<String, String> notes) {}

  static List<Rule> all() throws IOException {
    Map<String, ?> root = new Yaml().load(Files.readString(FILE));
    List<Rule> rules = new ArrayList<>();
    for (Object group : (List<?>) root.get("groups")) {
      for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
        Map<?, ?> fields = (Map<?, ?>) rule;
        rules.add(
            new Rule(
                fields.get("alert").toString(),
                fields.get("expr").toString(),
                texts(fields.get("labels")),
                texts(fields.get("annotations"))));
      }
    }
    return rules;
  }

  /** Names of our own series that the rules ask for, but for the prober's and the scraper's. */
  static Set<String> metrics() throws IOException {
    Set<String> names = named();
    names.removeAll(proberMetrics());
    names.removeAll(scraperMetrics());
    return names;
  }

  /** Those that only a process with the role prober has. */
  static Set<String> proberMetrics() throws IOException {
    return named("nines_prober_");
  }

  /** Those that only a process that scrapes has. */
  static Set<String> scraperMetrics() throws IOException {
    return named("nines_scraper_");
  }

  private static Set<String> named(String start) throws IOException {
    Set<String> names = named();
    names.removeIf(name -> !name.startsWith(start));
    return names;
  }

  private static Set<String> named() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Rule rule : all()) {
      METRIC.matcher(rule.expr()).results().forEach(found -> names.add(found.group()));
    }
    return names;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> texts(Object yaml) {
    return (Map<String, String>) yaml;
  }
}
