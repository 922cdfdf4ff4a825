// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.Slices;
import dev.nines.transport.SumKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Numbers of slices of one length, in chunks of 64: events of a region, or the verdicts of a scope.
 *
 * @param kind tells the two apart in the store
 * @param seconds length of a slice
 */
record SliceCells(KeyValueStore<Bytes, byte[]> store, char kind, long seconds) {

  void add(BudgetKey key, long slice, CellSum added) {
    Bytes stored = key(key, chunkOf(slice));
    Chunk chunk = Chunk.read(store.get(stored));
    chunk.add(index(slice), added.bad(), added.total(), added.uncertain());
    store.put(stored, chunk.bytes());
  }

  CellSum at(BudgetKey key, long slice) {
    Chunk chunk = Chunk.read(store.get(key(key, chunkOf(slice))));
    int index = index(slice);
    return new CellSum(chunk.bad(index), chunk.total(index), chunk.uncertain(index));
  }

  /** Bad of all slices from one on, before another; epoch seconds. */
  long bad(BudgetKey key, long from, long to) {
    long[] sum = new long[1];
    forEach(key, from, to, (slice, chunk) -> sum[0] += chunk.bad(index(slice)));
    return sum[0];
  }

  /** Slices with events from one on, before another; epoch seconds. */
  List<Long> counted(BudgetKey key, long from, long to) {
    List<Long> counted = new ArrayList<>();
    forEach(
        key,
        from,
        to,
        (slice, chunk) -> {
          if (chunk.total(index(slice)) > 0) {
            counted.add(slice);
          }
        });
    return counted;
  }

  /** Deletes the chunks that ended between two instants, epoch seconds. */
  void forget(BudgetKey key, long from, long before) {
    long first = Math.max(0, chunkOf(from));
    List<Bytes> gone = new ArrayList<>();
    if (chunkOf(before) > first) {
      try (var chunks = store.range(key(key, first), key(key, chunkOf(before) - 1))) {
        chunks.forEachRemaining(chunk -> gone.add(chunk.key));
      }
    }
    gone.forEach(store::delete);
  }

  private interface EachSlice {
    void of(long slice, Chunk chunk);
  }

  /** Reads the chunks that there are: most slices of a budget have no verdict to keep. */
  private void forEach(BudgetKey key, long from, long to, EachSlice action) {
    if (from >= to) {
      return;
    }
    Bytes last = key(key, chunkOf(to - 1));
    try (var chunks = store.range(key(key, Math.max(0, chunkOf(from))), last)) {
      while (chunks.hasNext()) {
        var next = chunks.next();
        long number = SumKey.read(next.key.get()).numbers().getLast();
        Chunk chunk = Chunk.read(next.value);
        long end = Math.min(to, start(number + 1));
        for (long slice = Math.max(from, start(number)); slice < end; slice += seconds) {
          action.of(slice, chunk);
        }
      }
    }
  }

  private Bytes key(BudgetKey key, long chunk) {
    List<String> texts = List.of(key.slo().toString(), key.region());
    return Bytes.wrap(new SumKey(kind, texts, List.of(key.line(), chunk)).bytes());
  }

  long chunkOf(long slice) {
    return Math.floorDiv(slice, seconds * Rung.CHUNK_CELLS);
  }

  private long start(long chunk) {
    return chunk * seconds * Rung.CHUNK_CELLS;
  }

  private int index(long slice) {
    return (int) ((Slices.floor(slice, seconds) - start(chunkOf(slice))) / seconds);
  }
}
