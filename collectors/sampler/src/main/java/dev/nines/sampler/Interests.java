// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import io.prometheus.client.Counter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * Traces that must be kept whole, by a hash of 64 bits of their id: two that share one are both
 * kept. Over the bound the oldest are forgotten, and decided by hash.
 */
final class Interests {

  private static final long ODD = 0x9E3779B97F4A7C15L;

  private final int max;
  private final Counter forgotten;
  private final Set<Long> traces = new HashSet<>();
  private final ArrayDeque<Long> byAge = new ArrayDeque<>();

  /**
   * @param forgotten counts those over the bound
   */
  Interests(int max, Counter forgotten) {
    this.max = max;
    this.forgotten = forgotten;
  }

  void add(byte[] traceId) {
    long hash = hash(traceId, 0, traceId.length);
    if (!traces.add(hash)) {
      return;
    }
    byAge.add(hash);
    if (byAge.size() > max) {
      traces.remove(byAge.remove());
      forgotten.inc();
    }
  }

  boolean contains(byte[] array, int offset, int length) {
    return !traces.isEmpty() && traces.contains(hash(array, offset, length));
  }

  void clear() {
    traces.clear();
    byAge.clear();
  }

  int size() {
    return byAge.size();
  }

  private static long hash(byte[] array, int offset, int length) {
    long hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = (hash ^ (array[i] & 0xff)) * ODD;
      hash ^= hash >>> 32;
    }
    return hash;
  }
}
