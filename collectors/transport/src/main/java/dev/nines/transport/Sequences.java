// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Counters that never go back, one per name, in a changelogged store: the numbers commit in the
 * transaction of the records that carry them.
 */
public final class Sequences {

  private final BufferedStore store;
  private final Map<String, Counter> counters = new HashMap<>();
  private final List<Counter> changed = new ArrayList<>();

  public Sequences(BufferedStore store) {
    this.store = store;
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        counter(new String(entry.key.get(), UTF_8)).last = ByteBuffer.wrap(entry.value).getLong();
      }
    }
    store.beforeCommit(this::write);
  }

  public static StoreBuilder<BufferedStore> builder(String name) {
    return BufferedStore.builder(Stores.inMemoryKeyValueStore(name));
  }

  private static final class Counter {
    private final String name;
    private long last;
    private boolean isChanged;

    private Counter(String name) {
      this.name = name;
    }
  }

  /** The next number, from 1. */
  public long next(String name) {
    Counter counter = counter(name);
    set(counter, counter.last + 1);
    return counter.last;
  }

  /** Moves a counter forward; false, and no change, when the number is not beyond the last one. */
  public boolean advance(String name, long number) {
    Counter counter = counter(name);
    if (number <= counter.last) {
      return false;
    }
    set(counter, number);
    return true;
  }

  private Counter counter(String name) {
    return counters.computeIfAbsent(name, Counter::new);
  }

  private void set(Counter counter, long number) {
    counter.last = number;
    if (!counter.isChanged) {
      counter.isChanged = true;
      changed.add(counter);
    }
    store.changed();
  }

  private void write() {
    for (Counter counter : changed) {
      counter.isChanged = false;
      store.put(
          Bytes.wrap(counter.name.getBytes(UTF_8)),
          ByteBuffer.allocate(Long.BYTES).putLong(counter.last).array());
    }
    changed.clear();
  }
}
