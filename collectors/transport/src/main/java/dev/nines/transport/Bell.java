// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps nothing: what is put into the record cache above it comes here before the next
 * commit, and rings. See {@link BufferedStore}.
 */
final class Bell implements KeyValueStore<Bytes, byte[]> {

  /** The one key that is put. */
  static final Bytes ROPE = Bytes.wrap(new byte[] {'b'});

  static final byte[] PULL = {1};

  private final String name;
  private final Runnable rings;
  private boolean isOpen;

  private Bell(String name, Runnable rings) {
    this.name = name;
    this.rings = rings;
  }

  static KeyValueBytesStoreSupplier supplier(String name, Runnable rings) {
    return new KeyValueBytesStoreSupplier() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public KeyValueStore<Bytes, byte[]> get() {
        return new Bell(name, rings);
      }

      @Override
      public String metricsScope() {
        return "bell";
      }
    };
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    rings.run();
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
    put(key, value);
    return null;
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    put(key, null);
    return null;
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    return null;
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    throw new UnsupportedOperationException("a bell has no entries");
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    throw new UnsupportedOperationException("a bell has no entries");
  }

  @Override
  public long approximateNumEntries() {
    return 0;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    isOpen = true;
  }

  @Override
  public void flush() {
    // Nothing is kept.
  }

  @Override
  public void close() {
    isOpen = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }
}
