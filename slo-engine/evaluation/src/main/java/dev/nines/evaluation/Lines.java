// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.objectives.SloId;
import dev.nines.transport.BufferedStore;
import dev.nines.transport.JsonSerde;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * All lines of a task, with what of them is stored: head records, open alerts and last resolutions.
 */
final class Lines {

  private static final JsonSerde<StoredAlert> ALERTS = new JsonSerde<>(StoredAlert.class);

  private final Chunks chunks;
  private final BufferedStore heads;
  private final KeyValueStore<String, byte[]> alerts;

  /** Of one thread; a composite is met, and its lines are made, while all are walked. */
  private final Map<Key, Line> lines = new ConcurrentHashMap<>();

  private final Set<RegionCounts> changed = new LinkedHashSet<>();

  Lines(Chunks chunks, BufferedStore heads, KeyValueStore<String, byte[]> alerts) {
    this.chunks = chunks;
    this.heads = heads;
    this.alerts = alerts;
    restoreHeads();
    restoreAlerts();
    heads.beforeCommit(this::writeHeads);
  }

  static StoreBuilder<BufferedStore> heads(KeyValueBytesStoreSupplier disk) {
    return BufferedStore.builder(disk);
  }

  static StoreBuilder<KeyValueStore<String, byte[]>> alerts(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
        .withCachingEnabled();
  }

  Line of(SloId slo, long number) {
    return lines.computeIfAbsent(new Key(slo, number), key -> new Line(slo, number, chunks));
  }

  Collection<Line> all() {
    return lines.values();
  }

  /** Its head is stored as it is before the next commit. */
  void save(RegionCounts counts) {
    changed.add(counts);
    heads.changed();
  }

  void open(Line line, Alert alert) {
    line.alerts().put(Line.alertKey(alert.scope(), alert.policy().name()), alert);
    store(line, alert, 0);
  }

  /** The alert is over; that it was told up to this instant is kept until {@link #forget}. */
  void close(Line line, Alert alert, long atMillis) {
    String key = Line.alertKey(alert.scope(), alert.policy().name());
    line.alerts().remove(key);
    line.resolved().put(key, atMillis);
    store(line, alert, atMillis);
  }

  /**
   * Forgets resolutions that lie before all that hindsight may still judge: a region without counts
   * of the line yet may bring them from before.
   */
  void forget(Line line, Regions regions) {
    line.resolved()
        .entrySet()
        .removeIf(
            entry -> {
              boolean over = line.over(entry.getValue(), regions);
              if (over && !line.alerts().containsKey(entry.getKey())) {
                alerts.delete(storeKey(line, entry.getKey()));
              }
              return over;
            });
  }

  /**
   * An alert with its line.
   *
   * @param resolvedAt epoch milliseconds, 0 while it is open
   */
  record StoredAlert(SloId slo, long line, Alert alert, long resolvedAt) {}

  private record Key(SloId slo, long number) {}

  private void store(Line line, Alert alert, long resolvedAt) {
    String key = storeKey(line, Line.alertKey(alert.scope(), alert.policy().name()));
    alerts.put(key, ALERTS.write(new StoredAlert(line.slo(), line.number(), alert, resolvedAt)));
  }

  private static String storeKey(Line line, String alertKey) {
    return line.slo() + "#" + line.number() + "/" + alertKey;
  }

  private void writeHeads() {
    changed.forEach(counts -> heads.put(counts.key().head(), counts.head()));
    changed.clear();
  }

  private void restoreHeads() {
    try (KeyValueIterator<Bytes, byte[]> entries = heads.all()) {
      while (entries.hasNext()) {
        var entry = entries.next();
        BudgetKey key = BudgetKey.read(entry.key);
        RegionCounts counts = RegionCounts.read(key, entry.value, chunks);
        Line line = of(key.slo(), key.line());
        line.put(counts);
        if (!line.component()) { // when it was evaluated last is its composite's to say
          line.advanceTo(counts.touchedAt());
        }
      }
    }
  }

  private void restoreAlerts() {
    try (KeyValueIterator<String, byte[]> entries = alerts.all()) {
      while (entries.hasNext()) {
        StoredAlert stored = ALERTS.read(entries.next().value);
        Alert alert = stored.alert();
        Line line = of(stored.slo(), stored.line());
        String key = Line.alertKey(alert.scope(), alert.policy().name());
        if (stored.resolvedAt() == 0) {
          line.alerts().put(key, alert);
        } else {
          line.resolved().put(key, stored.resolvedAt());
        }
      }
    }
  }
}
