// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.BurnPolicy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
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
    if (stored == null || !condition(stored).equals(condition(policy))) {
      byte[] condition = condition(policy).getBytes(UTF_8);
      store.put(
          key,
          ByteBuffer.allocate(Long.BYTES + condition.length)
              .putLong(boundaryMillis)
              .put(condition)
              .array());
      return false;
    }
    return boundaryMillis - ByteBuffer.wrap(stored).getLong() >= policy.afterSeconds() * 1_000;
  }

  /** Some scope of the line waits, or did when its policies were others. */
  boolean any(Line line) {
    try (var entries = from(key(line))) {
      return entries.hasNext();
    }
  }

  /** Ends the waits of policies that the objective has no more, or that no longer wait. */
  void keep(Line line, String scope, List<BurnPolicy> policies) {
    Set<String> kept = new HashSet<>();
    for (BurnPolicy policy : policies) {
      if (policy.waits()) {
        kept.add(key(line, scope) + policy.name());
      }
    }
    delete(key(line, scope), key -> !kept.contains(key));
  }

  /** It does not hold, or has fired. */
  void end(Line line, String scope, BurnPolicy policy) {
    String key = key(line, scope) + policy.name();
    if (store.get(key) != null) {
      store.delete(key);
    }
  }

  /** The objective is gone, or another line took its place. */
  void forget(Line line) {
    delete(key(line), key -> true);
  }

  private void delete(String prefix, Predicate<String> unwanted) {
    List<String> gone = new ArrayList<>();
    try (var entries = from(prefix)) {
      entries.forEachRemaining(
          entry -> {
            if (unwanted.test(entry.key)) {
              gone.add(entry.key);
            }
          });
    }
    gone.forEach(store::delete);
  }

  private KeyValueIterator<String, byte[]> from(String prefix) {
    return store.range(prefix, prefix + Character.MAX_VALUE);
  }

  /** What must hold: of another condition nothing is known. */
  private static String condition(BurnPolicy policy) {
    return String.join(
        " ",
        policy.longWindow().toString(),
        policy.shortWindow().toString(),
        policy.factor().stripTrailingZeros().toPlainString(),
        Boolean.toString(policy.orEqual()));
  }

  private static String condition(byte[] stored) {
    return new String(stored, Long.BYTES, stored.length - Long.BYTES, UTF_8);
  }

  private static String key(Line line, String scope) {
    return key(line) + scope + '/';
  }

  private static String key(Line line) {
    return line.slo() + "#" + line.number() + '/';
  }
}
