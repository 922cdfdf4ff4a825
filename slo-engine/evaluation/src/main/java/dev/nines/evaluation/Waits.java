// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.BurnPolicy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Since which boundary the condition of a policy holds that must hold for a while before it fires.
 * A boundary that was not judged, in a silence or while the engine was away, ends nothing: between
 * two at which it holds, it is taken to hold.
 */
final class Waits {

  private final KeyValueStore<String, byte[]> store;

  Waits(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /**
   * It holds at a boundary.
   *
   * @param boundaryMillis epoch milliseconds
   * @return whether it has held for so long that it fires
   */
  boolean holds(Line line, String scope, BurnPolicy policy, long boundaryMillis) {
    String key = key(line, scope) + policy.name();
    byte[] stored = store.get(key);
    if (stored == null) {
      store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(boundaryMillis).array());
      return false;
    }
    return boundaryMillis - ByteBuffer.wrap(stored).getLong() >= policy.afterSeconds() * 1_000;
  }

  /** It does not hold, or has fired. */
  void end(Line line, String scope, BurnPolicy policy) {
    String key = key(line, scope) + policy.name();
    if (store.get(key) != null) {
      store.delete(key);
    }
  }

  /** The objective is gone, or another line took its place. */
  void forget(Line line, String scope) {
    List<String> gone = new ArrayList<>();
    String first = key(line, scope);
    try (var entries = store.range(first, first + Character.MAX_VALUE)) {
      entries.forEachRemaining(entry -> gone.add(entry.key));
    }
    gone.forEach(store::delete);
  }

  private static String key(Line line, String scope) {
    return line.slo() + "#" + line.number() + '/' + scope + '/';
  }
}
