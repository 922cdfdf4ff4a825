// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import io.prometheus.client.Counter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Bounds the names that RED rows may have: over so many operations of a service the operation, over
 * so many services of a task both, become {@link #OTHER}.
 */
final class OperationLimit {

  static final String OTHER = "__other__";
  private static final int SERVICES_MAX = 2_000;

  private final int operationsPerService;
  private final Counter refused;
  private final Map<String, Set<String>> known = new HashMap<>();

  OperationLimit(int operationsPerService, Counter refused) {
    this.operationsPerService = operationsPerService;
    this.refused = refused;
  }

  /** Names that a row may carry. */
  record Names(String service, String operation) {}

  Names admit(String tenant, String service, String operation) {
    String key = tenant + '/' + service;
    if (known.size() >= SERVICES_MAX && !known.containsKey(key)) {
      refused.inc();
      return new Names(OTHER, OTHER);
    }
    Set<String> operations = known.computeIfAbsent(key, k -> new HashSet<>());
    if (operations.size() < operationsPerService || operations.contains(operation)) {
      operations.add(operation);
      return new Names(service, operation);
    }
    refused.inc();
    return new Names(service, OTHER);
  }
}
