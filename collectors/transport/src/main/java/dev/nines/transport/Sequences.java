// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Counters that never go back, one per name, in a changelogged store without a cache: the numbers
 * commit in the transaction of the records that carry them.
 */
public final class Sequences {

  private final KeyValueStore<String, Long> store;
  private final Map<String, Long> last = new HashMap<>();
  private final Map<String, Long> changed = new HashMap<>();

  public Sequences(KeyValueStore<String, Long> store) {
    this.store = store;
  }

  public static StoreBuilder<KeyValueStore<String, Long>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.Long())
        .withCachingDisabled();
  }

  /** The next number, from 1; {@link #save} before the call from Streams ends. */
  public long next(String name) {
    long number = last(name) + 1;
    set(name, number);
    return number;
  }

  /** Moves a counter forward; false, and no change, when the number is not beyond the last one. */
  public boolean advance(String name, long number) {
    if (number <= last(name)) {
      return false;
    }
    set(name, number);
    return true;
  }

  /** Writes what changed since the last call. */
  public void save() {
    changed.forEach(store::put);
    changed.clear();
  }

  private void set(String name, long number) {
    last.put(name, number);
    changed.put(name, number);
  }

  private long last(String name) {
    @Nullable Long known = last.get(name);
    if (known != null) {
      return known;
    }
    @Nullable Long stored = store.get(name);
    return stored == null ? 0 : stored;
  }
}
