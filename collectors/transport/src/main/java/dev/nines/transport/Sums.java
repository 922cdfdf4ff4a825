// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Sums that gather between two emissions, in a changelogged store: a commit between an input and
 * the emission loses nothing. They are in memory, and what changed is stored before each commit, in
 * pages; what is drained sooner is never stored. Whoever adds bounds how many keys there are.
 */
public final class Sums {

  private final BufferedStore store;
  private final Map<Character, SumsOfKind> kinds = new HashMap<>();

  public Sums(BufferedStore store) {
    this.store = store;
    read();
    store.beforeCommit(() -> kinds.values().forEach(SumsOfKind::write));
  }

  public static StoreBuilder<BufferedStore> builder(String name) {
    return BufferedStore.builder(Stores.inMemoryKeyValueStore(name));
  }

  /** What one key gathered. */
  public record Sum(SumKey key, long latest, long[] values) {}

  /**
   * @param latest the largest one given for a key is kept
   * @param increments one at least, and as many for each addition to a key, or more than a former
   *     version stored: what that left out is 0; sums are {@link #capped}
   */
  public void add(SumKey key, long latest, long... increments) {
    kind(key.kind()).add(key, latest, increments);
    store.changed();
  }

  /** Keys of one kind that gather. */
  public int size(char kind) {
    return kind(kind).size();
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

  /** Takes all keys of one kind out, in the order in which they came. */
  public List<Sum> drain(char kind) {
    return take(kind, sum -> true);
  }

  /** Takes those keys of one kind out that are wanted, in the order in which they came. */
  public List<Sum> take(char kind, Predicate<Sum> wanted) {
    List<Sum> taken = kind(kind).take(wanted);
    if (!taken.isEmpty()) {
      store.changed();
    }
    return taken;
  }

  private SumsOfKind kind(char kind) {
    return kinds.computeIfAbsent(kind, name -> new SumsOfKind(name, store));
  }

  private void read() {
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        kind((char) entry.key.get()[0]).read(entry.key, entry.value);
      }
    }
  }
}
