// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.ingest.remotewrite.Invalid.Reason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What of a request is not kept, by rule: the first few rules are named. */
final class Rejections {

  private static final int RULES_MAX = 10;

  private final Map<String, Integer> byRule = new LinkedHashMap<>();
  private final Map<Reason, Integer> byReason = new EnumMap<>(Reason.class);

  void add(Invalid broken, int items) {
    byReason.merge(broken.reason(), items, Integer::sum);
    if (byRule.containsKey(broken.rule()) || byRule.size() < RULES_MAX) {
      byRule.merge(broken.rule(), items, Integer::sum);
    }
  }

  Map<String, Integer> byReason() {
    return byReason.entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().word(), Map.Entry::getValue));
  }

  /** Empty when nothing is rejected. */
  @Override
  public String toString() {
    return byRule.entrySet().stream()
        .map(entry -> entry.getValue() + " rejected: " + entry.getKey())
        .collect(Collectors.joining("; "));
  }
}
