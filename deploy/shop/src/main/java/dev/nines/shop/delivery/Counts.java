// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/** A number for each {@link Count}; JSON is an object of all of them. */
public final class Counts {

  private final long[] values = new long[Count.values().length];

  void add(Count count, long amount) {
    values[count.ordinal()] += amount;
  }

  public void addAll(Counts other) {
    for (Count count : Count.values()) {
      add(count, other.get(count));
    }
  }

  public long get(Count count) {
    return values[count.ordinal()];
  }

  /** Spans that never left the shop. */
  public long droppedSpans() {
    return get(Count.DROPPED_QUEUE_FULL) + get(Count.DROPPED_AT_EXIT);
  }

  @JsonValue
  public Map<String, Long> asMap() {
    Map<String, Long> map = new LinkedHashMap<>();
    for (Count count : Count.values()) {
      map.put(count.id(), get(count));
    }
    map.put("droppedSpans", droppedSpans());
    return map;
  }
}
