// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.Envelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
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
 * First log-append time of each part of each batch, for as long as a repeat is a duplicate.
 *
 * <p>Two entries a part: by identity, and by time so that expiry reads only what expires. A window
 * store would not do: it drops by the latest time of all regions of a task, and a region that
 * catches up after an outage is hours behind the others.
 */
final class Seen {

  private static final int EXPIRED_AT_ONCE_MAX = 10_000;
  private static final byte BY_IDENTITY = 'i';
  private static final byte BY_TIME = 't';
  private static final int NAME_BYTES = 2 * Long.BYTES + Integer.BYTES;

  private final KeyValueStore<Bytes, byte[]> store;
  private final long windowMillis;
  private final Map<String, Long> latest = new HashMap<>();
  private final Map<String, Long> expiredTo = new HashMap<>();

  Seen(KeyValueStore<Bytes, byte[]> store, Duration window) {
    this.store = store;
    this.windowMillis = window.toMillis();
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> builder(KeyValueBytesStoreSupplier disk) {
    // Each key is put once: a cache saves no put here, and would leave less of it to other stores.
    return Stores.keyValueStoreBuilder(disk, Serdes.Bytes(), Serdes.ByteArray())
        .withCachingDisabled();
  }

  /** True, and remembered, when no earlier record within the window was counted. */
  boolean first(String region, Envelope envelope, long appendedAt) {
    byte[] name = name(envelope);
    Bytes identity = Bytes.wrap(key(BY_IDENTITY, region).put(name).array());
    byte[] before = store.get(identity);
    if (before != null) {
      long firstAt = ByteBuffer.wrap(before).getLong();
      if (appendedAt - firstAt <= windowMillis) {
        return false;
      }
      store.delete(byTime(region, firstAt, name));
    }
    store.put(identity, ByteBuffer.allocate(Long.BYTES).putLong(appendedAt).array());
    store.put(byTime(region, appendedAt, name), new byte[0]);
    latest.merge(region, appendedAt, Math::max);
    return true;
  }

  /** Forgets what is older than the window, oldest first, at most 10,000 parts a region. */
  int expire() {
    int expired = 0;
    for (Map.Entry<String, Long> region : latest.entrySet()) {
      expired += expire(region.getKey(), region.getValue() - windowMillis);
    }
    return expired;
  }

  private int expire(String region, long before) {
    List<Bytes> keys = new ArrayList<>();
    // Starts behind what is deleted: RocksDB would step over each tombstone again.
    Bytes from = byTime(region, expiredTo.getOrDefault(region, 0L), new byte[NAME_BYTES]);
    Bytes to = byTime(region, before, new byte[NAME_BYTES]);
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, to)) {
      while (entries.hasNext() && keys.size() < EXPIRED_AT_ONCE_MAX) {
        keys.add(entries.next().key);
      }
    }
    for (Bytes key : keys) {
      ByteBuffer parts = ByteBuffer.wrap(key.get());
      byte[] name = new byte[NAME_BYTES];
      parts.get(parts.capacity() - NAME_BYTES, name);
      expiredTo.put(region, parts.getLong(parts.capacity() - NAME_BYTES - Long.BYTES));
      store.delete(Bytes.wrap(key(BY_IDENTITY, region).put(name).array()));
      store.delete(key);
    }
    return keys.size();
  }

  private static Bytes byTime(String region, long at, byte[] name) {
    byte[] prefix = prefix(BY_TIME, region);
    return Bytes.wrap(
        ByteBuffer.allocate(prefix.length + Long.BYTES + name.length)
            .put(prefix)
            .putLong(at)
            .put(name)
            .array());
  }

  private static ByteBuffer key(byte kind, String region) {
    byte[] prefix = prefix(kind, region);
    return ByteBuffer.allocate(prefix.length + NAME_BYTES).put(prefix);
  }

  private static byte[] prefix(byte kind, String region) {
    byte[] text = region.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(3 + text.length)
        .put(kind)
        .putShort((short) text.length)
        .put(text)
        .array();
  }

  private static byte[] name(Envelope envelope) {
    return ByteBuffer.allocate(NAME_BYTES)
        .put(envelope.identity().bytes())
        .putInt(envelope.part())
        .array();
  }
}
