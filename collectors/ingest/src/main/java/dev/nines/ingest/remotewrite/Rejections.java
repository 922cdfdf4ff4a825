// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What of a request is not kept, by rule: the first few rules are named. */
final class Rejections {

  private static final int RULES_MAX = 10;

  private final Map<String, Integer> byRule = new LinkedHashMap<>();
  private int items;

  void add(String rule, int more) {
    items += more;
    if (byRule.containsKey(rule) || byRule.size() < RULES_MAX) {
      byRule.merge(rule, more, Integer::sum);
    }
  }

  int items() {
    return items;
  }

  @Override
  public String toString() {
    return byRule.entrySet().stream()
        .map(entry -> entry.getValue() + " rejected: " + entry.getKey())
        .collect(Collectors.joining("; "));
  }
}
