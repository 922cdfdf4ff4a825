// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Group;
import dev.nines.objectives.SloId;
import dev.nines.transport.SumKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Decides which values of an SLO's grouping attribute are groups of their own: the first to come,
 * over all its regions, and for ever. All events of any other value are {@link Group#OTHER}: no
 * value is ever divided between the two, so that a group's counts are whole or there are none.
 */
final class Groups {

  /** Of one SLO and attribute; each is a row of the ledger a minute and region. */
  static final int GROUPS_MAX = 1_000;

  private static final char KIND = 'g';
  private static final byte[] ADMITTED = {1};

  private final KeyValueStore<Bytes, byte[]> store;
  private final EvaluationMetrics metrics;
  private final Map<Owner, Integer> sizes = new HashMap<>();

  Groups(KeyValueStore<Bytes, byte[]> store, EvaluationMetrics metrics) {
    this.store = store;
    this.metrics = metrics;
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        List<String> texts = SumKey.read(entries.next().key.get()).texts();
        sizes.merge(new Owner(texts.get(0), texts.get(1)), 1, Integer::sum);
      }
    }
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(KeyValueBytesStoreSupplier disk) {
    return Stores.keyValueStoreBuilder(disk, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  /** The cells as the ledger names their groups; must be asked in the order of the log. */
  List<Cell> admit(Counts counts) {
    return admit(counts.slo(), counts.groupBy(), counts.cells());
  }

  List<Cell> admit(SloId slo, String groupBy, List<Cell> cells) {
    if (groupBy.isEmpty()) {
      return cells;
    }
    Owner owner = new Owner(slo.toString(), groupBy);
    return cells.stream().map(cell -> admit(owner, cell)).toList();
  }

  private record Owner(String slo, String groupBy) {}

  private Cell admit(Owner owner, Cell cell) {
    if (!Group.isValue(cell.group())) {
      return cell;
    }
    List<String> texts = List.of(owner.slo(), owner.groupBy(), cell.group());
    Bytes key = Bytes.wrap(new SumKey(KIND, texts, List.of()).bytes());
    if (store.get(key) != null) {
      return cell;
    }
    int size = sizes.getOrDefault(owner, 0);
    if (size >= GROUPS_MAX) {
      metrics.groupsOverLimit.inc(cell.total());
      return cell.in(Group.OTHER);
    }
    store.put(key, ADMITTED);
    sizes.put(owner, size + 1);
    return cell;
  }
}
