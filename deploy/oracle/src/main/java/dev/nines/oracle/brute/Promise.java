// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.yaml.snakeyaml.Yaml;

/**
 * An SLO as its YAML says it, for people who read nothing else.
 *
 * @param total selects the events that count
 * @param bad those of them that fail; of counters, what the second one counts; of shares nothing
 * @param sliceSeconds 0 where events spend the budget
 * @param sliceTarget empty where a slice spends its share of bad events
 * @param composition of one that is made of others, which stand before it
 */
public record Promise(
    String name,
    Predicate<Event> total,
    Predicate<Event> bad,
    Kind kind,
    BigDecimal target,
    Stretch period,
    long sliceSeconds,
    Optional<BigDecimal> sliceTarget,
    List<Policy> policies,
    Optional<Composition> composition) {

  /** What is counted: spans, two counters, values that are compared, or shares of success. */
  public enum Kind {
    SPANS,
    COUNTERS,
    VALUES,
    SHARES
  }

  /** Windows in seconds. */
  public record Policy(String name, long longSeconds, long shortSeconds, BigDecimal factor) {}

  public static List<Promise> read(String yaml) {
    List<Promise> promises = new ArrayList<>();
    for (Object document : new Yaml().loadAll(yaml)) {
      Map<String, Object> slo = map(document);
      if (map(in(slo, "spec")).containsKey("indicator")) {
        promises.add(promise(slo));
      } else {
        promises.addAll(composite(slo));
      }
    }
    return promises;
  }

  private static List<Promise> composite(Map<String, Object> slo) {
    Map<String, Object> metadata = map(in(slo, "metadata"));
    Map<String, Object> annotations = map(in(metadata, "annotations"));
    String[] words = text(in(annotations, "nines.dev/composite")).split(" ");
    Map<String, Object> spec = map(in(slo, "spec"));
    String name = text(in(metadata, "name"));
    List<Promise> promises = new ArrayList<>();
    Map<String, BigDecimal> weights = new LinkedHashMap<>();
    for (Object item : list(in(spec, "objectives"))) {
      Map<String, Object> objective = map(item);
      Map<String, Object> indicator = map(in(objective, "indicator"));
      String part = name + "." + text(in(map(in(indicator, "metadata")), "name"));
      promises.add(promise(part, indicator, objective, spec, List.of()));
      weights.put(part, new BigDecimal(objective.getOrDefault("compositeWeight", "1").toString()));
    }
    promises.add(
        new Promise(
            name,
            event -> false,
            event -> false,
            promises.stream()
                .map(Promise::kind)
                .reduce(Kind.SPANS, (a, b) -> a == Kind.SPANS ? b : a),
            new BigDecimal(after(words, "target=")),
            Stretch.of(map(list(in(spec, "timeWindow")).getFirst())),
            0,
            Optional.empty(),
            policies(text(in(annotations, "nines.dev/burn"))),
            Optional.of(new Composition(after(words, "kind="), weights))));
    return promises;
  }

  private static Promise promise(Map<String, Object> slo) {
    Map<String, Object> metadata = map(in(slo, "metadata"));
    Map<String, Object> spec = map(in(slo, "spec"));
    return promise(
        text(in(metadata, "name")),
        map(in(spec, "indicator")),
        map(list(in(spec, "objectives")).getFirst()),
        spec,
        policies(text(in(map(in(metadata, "annotations")), "nines.dev/burn"))));
  }

  private static Promise promise(
      String name,
      Map<String, Object> indicator,
      Map<String, Object> objective,
      Map<String, Object> spec,
      List<Policy> policies) {
    Map<String, Object> sli = map(in(indicator, "spec"));
    Counts counts = sli.containsKey("thresholdMetric") ? values(sli, objective) : ratio(sli);
    String method = text(in(spec, "budgetingMethod"));
    Object slice = objective.get("timeSliceWindow");
    return new Promise(
        name,
        counts.total(),
        counts.bad(),
        counts.kind(),
        new BigDecimal(text(in(objective, "target"))),
        Stretch.of(map(list(in(spec, "timeWindow")).getFirst())),
        slice == null ? 0 : Stretch.seconds(text(slice)),
        method.equals("Timeslices")
            ? Optional.of(new BigDecimal(text(in(objective, "timeSliceTarget"))))
            : Optional.empty(),
        policies,
        Optional.empty());
  }

  private record Counts(Kind kind, Predicate<Event> total, Predicate<Event> bad) {}

  private static Counts ratio(Map<String, Object> sli) {
    Map<String, Object> ratio = map(in(sli, "ratioMetric"));
    if (ratio.containsKey("raw")) {
      Map<String, Object> raw = map(in(map(in(ratio, "raw")), "metricSource"));
      return new Counts(Kind.SHARES, Selectors.of(map(in(raw, "spec"))), event -> false);
    }
    Map<String, Object> total = map(in(map(in(ratio, "total")), "metricSource"));
    boolean good = ratio.containsKey("good");
    Map<String, Object> part = map(in(map(in(ratio, good ? "good" : "bad")), "metricSource"));
    Predicate<Event> said = Selectors.of(map(in(part, "spec")));
    return new Counts(
        in(total, "type").equals("nines/metrics") ? Kind.COUNTERS : Kind.SPANS,
        Selectors.of(map(in(total, "spec"))),
        good ? said.negate() : said);
  }

  /** Compared as doubles are. */
  private static Counts values(Map<String, Object> sli, Map<String, Object> objective) {
    Map<String, Object> source = map(in(map(in(sli, "thresholdMetric")), "metricSource"));
    double limit = Double.parseDouble(text(in(objective, "value")));
    String operator = text(in(objective, "op"));
    return new Counts(
        Kind.VALUES,
        Selectors.of(map(in(source, "spec"))),
        event ->
            event instanceof Event.Gauge gauge
                && !switch (operator) {
                  case "lt" -> gauge.value() < limit;
                  case "lte" -> gauge.value() <= limit;
                  case "gt" -> gauge.value() > limit;
                  default -> gauge.value() >= limit;
                });
  }

  private static List<Policy> policies(String text) {
    List<Policy> policies = new ArrayList<>();
    for (String part : text.split(";")) {
      String[] words = part.strip().split("\\s+");
      String longWindow = after(words, "long=");
      policies.add(
          new Policy(
              after(words, "severity=") + "-" + longWindow,
              Stretch.seconds(longWindow),
              Stretch.seconds(after(words, "short=")),
              new BigDecimal(after(words, "factor="))));
    }
    return policies;
  }

  private static String after(String[] words, String key) {
    for (String word : words) {
      if (word.startsWith(key)) {
        return word.substring(key.length());
      }
    }
    throw new IllegalArgumentException("no " + key);
  }

  static Object in(Map<String, Object> map, String key) {
    return Objects.requireNonNull(map.get(key), key);
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  private static String text(Object value) {
    return value.toString();
  }
}
