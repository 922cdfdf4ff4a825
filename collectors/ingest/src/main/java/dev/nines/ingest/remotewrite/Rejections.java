// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.ingest.remotewrite.Invalid.Reason;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What of a request is not kept, by rule: the first few rules are named. */
final class Rejections {

  private static final int RULES_MAX = 10;

  private final Map<String, int[]> byRule = new LinkedHashMap<>();
  private final int[] byReason = new int[Reason.values().length];

  void add(Invalid broken, int items) {
    byReason[broken.reason().ordinal()] += items;
    int[] ofRule = byRule.get(broken.rule());
    if (ofRule != null) {
      ofRule[0] += items;
    } else if (byRule.size() < RULES_MAX) {
      byRule.put(broken.rule(), new int[] {items});
    }
  }

  Map<String, Integer> byReason() {
    return Arrays.stream(Reason.values())
        .filter(reason -> byReason[reason.ordinal()] > 0)
        .collect(Collectors.toMap(Reason::word, reason -> byReason[reason.ordinal()]));
  }

  /** Empty when nothing is rejected. */
  @Override
  public String toString() {
    return byRule.entrySet().stream()
        .map(entry -> entry.getValue()[0] + " rejected: " + entry.getKey())
        .collect(Collectors.joining("; "));
  }
}
