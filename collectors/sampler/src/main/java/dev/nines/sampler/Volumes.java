// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import dev.nines.telemetry.Threshold;
import dev.nines.telemetry.TraceInterest;
import io.prometheus.client.Counter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many spans of a tenant there were in each window, in all regions, and what that leaves of its
 * budget. The threshold halves, so that of two windows one keeps all traces that the other keeps.
 * Of a window that nobody told of everything is kept.
 */
final class Volumes {

  /** Two hours of four tenants; the oldest are forgotten. */
  private static final int WINDOWS_MAX = 2_880;

  private static final int HALVINGS_MAX = 30;

  private final Map<String, Long> spansPerSecond;
  private final Counter unknown;
  private final TreeMap<Key, Long> spans = new TreeMap<>();

  private record Key(Instant window, String tenant) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byTime = window.compareTo(other.window);
      return byTime != 0 ? byTime : tenant.compareTo(other.tenant);
    }
  }

  /**
   * @param unknown counts batches of windows that nobody told of, or that were forgotten
   */
  Volumes(Map<String, Long> spansPerSecond, Counter unknown) {
    this.spansPerSecond = spansPerSecond;
    this.unknown = unknown;
  }

  void add(TraceInterest told) {
    spans.merge(new Key(told.window(), told.tenant()), told.spans(), Long::sum);
    while (spans.size() > WINDOWS_MAX) {
      spans.pollFirstEntry();
    }
  }

  void clear() {
    spans.clear();
  }

  /** Of a tenant without a budget everything is kept. */
  Threshold threshold(String tenant, Instant window) {
    Long budget = spansPerSecond.get(tenant);
    Long seen = spans.get(new Key(window, tenant));
    if (budget == null) {
      return Threshold.NONE;
    }
    if (seen == null) {
      unknown.inc();
      return Threshold.NONE;
    }
    long room = Math.multiplyExact(budget, TraceInterest.WINDOW_SECONDS);
    int halvings = 0;
    while (halvings < HALVINGS_MAX && seen >>> halvings > room) {
      halvings++;
    }
    return Threshold.halved(halvings);
  }
}
