// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Sums that gather between two emissions, in a changelogged store: a commit between an input and
 * the emission loses nothing. Drained keys are deleted, so that it holds one interval's keys.
 */
public final class Sums {

  private final KeyValueStore<Bytes, byte[]> store;

  public Sums(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  public static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** What one key gathered. */
  public record Sum(SumKey key, long latest, long[] values) {}

  /**
   * @param latest the largest one given for a key is kept
   * @param increments as many for each addition to a key, or more than a former version stored:
   *     what that left out is 0; sums are {@link #capped}
   */
  public void add(SumKey key, long latest, long... increments) {
    Bytes bytes = Bytes.wrap(key.bytes());
    byte[] before = store.get(bytes);
    ByteBuffer after = ByteBuffer.allocate(Long.BYTES * (1 + increments.length));
    if (before == null) {
      after.putLong(latest);
      for (long increment : increments) {
        after.putLong(increment);
      }
    } else {
      ByteBuffer old = ByteBuffer.wrap(before);
      after.putLong(Math.max(old.getLong(), latest));
      for (long increment : increments) {
        after.putLong(capped(old.hasRemaining() ? old.getLong() : 0, increment));
      }
    }
    store.put(bytes, after.array());
  }

  /**
   * The sum, or the largest or smallest number when it is beyond that. Some values are what a
   * client claims, such as a span's duration: to throw would stop the task at the same record for
   * ever.
   */
  public static long capped(long a, long b) {
    long sum = a + b;
    boolean overflows = ((a ^ sum) & (b ^ sum)) < 0;
    return overflows ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
  }

  /** The difference, capped as {@link #capped} says. */
  public static long difference(long a, long b) {
    long difference = a - b;
    boolean overflows = ((a ^ b) & (a ^ difference)) < 0;
    return overflows ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : difference;
  }

  /** Takes all keys of one kind out, in the order of their bytes. */
  public List<Sum> drain(char kind) {
    return take(kind, sum -> true);
  }

  /** Takes those keys of one kind out that are wanted, in the order of their bytes. */
  public List<Sum> take(char kind, Predicate<Sum> wanted) {
    List<Bytes> keys = new ArrayList<>();
    List<Sum> sums = new ArrayList<>();
    Bytes from = Bytes.wrap(new byte[] {(byte) kind});
    Bytes to = Bytes.wrap(new byte[] {(byte) (kind + 1)});
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (entries.hasNext()) {
        var entry = entries.next();
        Sum sum = sum(entry.key, entry.value);
        if (wanted.test(sum)) {
          keys.add(entry.key);
          sums.add(sum);
        }
      }
    }
    keys.forEach(store::delete);
    return sums;
  }

  private static Sum sum(Bytes key, byte[] value) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    long latest = buffer.getLong();
    long[] values = new long[buffer.remaining() / Long.BYTES];
    buffer.asLongBuffer().get(values);
    return new Sum(SumKey.read(key.get()), latest, values);
  }
}
