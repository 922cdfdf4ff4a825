// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import dev.nines.scraper.definition.Limits;
import dev.nines.scraper.definition.Target;
import dev.nines.scraper.exposition.Labels;
import java.util.Map;
import java.util.SortedMap;

/** Joins the labels of samples with those of their target, as Prometheus does. */
final class TargetLabels {

  private final Target target;
  private final Limits limits;

  TargetLabels(Target target) {
    this.target = target;
    this.limits = target.job().limits();
  }

  /**
   * @throws BeyondLimit when the labels break one of the job
   */
  SortedMap<String, String> join(String metric, Labels labels) {
    SortedMap<String, String> joined = join(labels);
    check(metric, joined);
    return joined;
  }

  private SortedMap<String, String> join(Labels labels) {
    SortedMap<String, String> joined = labels.toMap();
    target
        .labels()
        .forEach(
            (name, value) -> {
              String exposed = joined.get(name);
              if (exposed == null) {
                joined.put(name, value);
              } else if (!target.job().honorLabels()) {
                joined.put(free("exported_" + name, joined), exposed);
                joined.put(name, value);
              }
            });
    return joined;
  }

  private static String free(String name, Map<String, String> taken) {
    String free = name;
    while (taken.containsKey(free)) {
      free = "exported_" + free;
    }
    return free;
  }

  private void check(String metric, Map<String, String> labels) {
    if (labels.size() + 1 > limits.labels()) {
      throw new BeyondLimit(
          "label_limit: %s has %d labels; at most %d may be"
              .formatted(metric, labels.size() + 1, limits.labels()));
    }
    checkValue(metric, "__name__", metric);
    labels.forEach(
        (name, value) -> {
          if (name.length() > limits.labelNameLength()) {
            throw new BeyondLimit(
                "label_name_length_limit: a name of %d characters at %s; at most %d may be"
                    .formatted(name.length(), cut(metric), limits.labelNameLength()));
          }
          checkValue(metric, name, value);
        });
  }

  private void checkValue(String metric, String name, String value) {
    if (value.length() > limits.labelValueLength()) {
      throw new BeyondLimit(
          "label_value_length_limit: %s of %s has %d characters; at most %d may be"
              .formatted(cut(name), cut(metric), value.length(), limits.labelValueLength()));
    }
  }

  private static String cut(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
