// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.BufferedStore;
import io.prometheus.client.Counter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of ladders by their names. Those that are counted into stay in memory, and are stored
 * before a commit; those that are only read are not kept. Beyond the bound the one that was used
 * longest ago is stored at once, and leaves.
 */
final class Chunks {

  /** Of a task; some 1.8 KiB of memory each. Enough for 2,000 budgets that are counted into. */
  static final int KEPT_MAX = 8_192;

  private final BufferedStore store;
  private final Counter storedEarly;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final List<Kept> changed = new ArrayList<>();

  /**
   * @param storedEarly counts those that left before their commit
   */
  Chunks(BufferedStore store, Counter storedEarly) {
    this.store = store;
    this.storedEarly = storedEarly;
    store.beforeCommit(this::write);
  }

  static StoreBuilder<BufferedStore> builder(KeyValueBytesStoreSupplier disk) {
    return BufferedStore.builder(disk);
  }

  /**
   * Names a chunk.
   *
   * @param number see {@link Rung#chunkOf}
   */
  record Key(BudgetKey budget, Rung rung, long number) {

    private Bytes bytes() {
      return budget.chunk(rung, number);
    }
  }

  private static final class Kept {
    private final Key key;
    private final Chunk chunk;
    private boolean isChanged;

    private Kept(Key key, Chunk chunk) {
      this.key = key;
      this.chunk = chunk;
    }
  }

  /** To be read; null when no cell of it ever had an event. */
  @Nullable Chunk get(Key key) {
    Kept known = kept.get(key);
    if (known != null) {
      return known.chunk;
    }
    byte[] stored = store.get(key.bytes());
    return stored == null ? null : Chunk.read(stored);
  }

  /** Counts into a cell; the chunk is stored before the next commit. */
  void add(Key key, int index, CellSum added) {
    Kept known = kept.get(key);
    if (known == null) {
      known = new Kept(key, Chunk.read(store.get(key.bytes())));
      kept.put(key, known);
      makeRoom();
    }
    known.chunk.add(index, added.bad(), added.total(), added.uncertain());
    if (!known.isChanged) {
      known.isChanged = true;
      changed.add(known);
    }
    store.changed();
  }

  void delete(Key key) {
    Kept known = kept.remove(key);
    if (known != null) {
      known.isChanged = false;
    }
    store.delete(key.bytes());
  }

  private void makeRoom() {
    Iterator<Kept> eldest = kept.values().iterator();
    while (kept.size() > KEPT_MAX) {
      Kept leaving = eldest.next();
      if (leaving.isChanged) {
        storedEarly.inc();
        write(leaving);
      }
      eldest.remove();
    }
  }

  private void write() {
    changed.forEach(this::write);
    changed.clear();
  }

  private void write(Kept one) {
    if (one.isChanged) {
      one.isChanged = false;
      store.put(one.key.bytes(), one.chunk.bytes());
    }
  }
}
