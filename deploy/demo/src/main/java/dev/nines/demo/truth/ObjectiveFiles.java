// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads the objectives of the demo: only the parts of OpenSLO that its files use. */
public final class ObjectiveFiles {

  private ObjectiveFiles() {}

  /** Those over spans. */
  static List<Objective> read(Path folder) throws IOException {
    return slos(folder).stream().map(ObjectiveFiles::objective).toList();
  }

  /** Those over metrics. */
  public static List<MetricObjective> readMetrics(Path folder) throws IOException {
    return slos(folder).stream().map(ObjectiveFiles::metricObjective).toList();
  }

  private static List<Object> slos(Path folder) throws IOException {
    List<Object> slos = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".yaml")).sorted().toList()) {
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (Object document : yaml.loadAll(Files.readString(file))) {
          if ("SLO".equals(text(document, "kind"))) {
            slos.add(document);
          }
        }
      }
    }
    return slos;
  }

  private static Objective objective(Object slo) {
    Object ratio = at(slo, "spec", "indicator", "spec", "ratioMetric");
    Object total = at(ratio, "total", "metricSource", "spec");
    Object bad = at(ratio, "bad", "metricSource", "spec");
    Object first = ((List<?>) at(slo, "spec", "objectives")).getFirst();
    return new Objective(
        text(at(slo, "metadata"), "name"),
        text(total, "service"),
        text(total, "operation"),
        text(total, "kind"),
        attributes(total),
        BadSpan.read(text(bad, "bad")),
        text(at(slo, "metadata", "annotations"), "nines.dev/group"),
        target(first),
        policies(text(at(slo, "metadata", "annotations"), "nines.dev/burn")));
  }

  private static MetricObjective metricObjective(Object slo) {
    Object ratio = at(slo, "spec", "indicator", "spec", "ratioMetric");
    Object total = at(ratio, "total", "metricSource", "spec");
    boolean hasBad = ratio instanceof Map<?, ?> map && map.containsKey("bad");
    Object part = at(ratio, hasBad ? "bad" : "good", "metricSource", "spec");
    Object first = ((List<?>) at(slo, "spec", "objectives")).getFirst();
    MetricObjective.Series all =
        new MetricObjective.Series(
            text(total, "metric"), text(total, "service"), attributes(total));
    return new MetricObjective(
        text(at(slo, "metadata"), "name"),
        all,
        hasBad ? Optional.of(all.of(text(part, "metric"))) : Optional.empty(),
        hasBad ? Duration.ZERO : Duration.parse("PT" + seconds(text(part, "threshold"))),
        target(first),
        policies(text(at(slo, "metadata", "annotations"), "nines.dev/burn")));
  }

  /** {@code 250ms} as the JDK reads it. */
  private static String seconds(String text) {
    return text.endsWith("ms")
        ? new BigDecimal(text.replace("ms", "")).movePointLeft(3) + "s"
        : text;
  }

  private static BigDecimal target(Object objective) {
    String percent = text(objective, "targetPercent");
    return percent.isEmpty()
        ? new BigDecimal(text(objective, "target"))
        : new BigDecimal(percent).movePointLeft(2);
  }

  private static Map<String, String> attributes(Object spec) {
    Map<String, String> attributes = new TreeMap<>();
    if (spec instanceof Map<?, ?> map && map.get("attributes") instanceof Map<?, ?> wanted) {
      wanted.forEach((key, value) -> attributes.put(key.toString(), value.toString()));
    }
    return attributes;
  }

  private static List<Objective.Policy> policies(String annotation) {
    return Arrays.stream(annotation.split(";"))
        .filter(text -> !text.isBlank())
        .map(ObjectiveFiles::policy)
        .toList();
  }

  private static Objective.Policy policy(String text) {
    Map<String, String> words =
        Arrays.stream(text.strip().split("\\s+"))
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(word -> word[0], word -> word[1]));
    return new Objective.Policy(
        duration(words.getOrDefault("long", "")),
        duration(words.getOrDefault("short", "")),
        new BigDecimal(words.getOrDefault("factor", "")),
        words.getOrDefault("severity", "page"));
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text);
  }

  private static String text(Object map, String key) {
    Object value = map instanceof Map<?, ?> entries ? entries.get(key) : null;
    return value == null ? "" : value.toString();
  }

  private static Object at(Object map, String... path) {
    Object value = map;
    for (String key : path) {
      value = value instanceof Map<?, ?> entries ? entries.get(key) : null;
      if (value == null) {
        throw new IllegalArgumentException("objective without " + String.join(".", path));
      }
    }
    return value;
  }
}
