// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * A changelogged store whose owner keeps what it changes in memory, in a form of its own, and puts
 * it when a commit is near: once, however often it changed. Streams' own record cache does so for
 * bytes in the order of keys, and a dozen comparisons a look-up were most of what a count cost.
 *
 * <p>Streams has no call before a commit. But before each it hands what a record cache holds to the
 * store below: here to a {@link Bell} that keeps nothing and calls the owner. What the owner puts
 * then belongs to the same transaction as the input that changed it. A cache that is full hands on
 * sooner; one that others keep full does so at each change, which is right and slow.
 *
 * <p>Belongs to one task. What was not committed is gone with the owner, as the input is that comes
 * again.
 */
public final class BufferedStore implements StateStore {

  private final KeyValueStore<Bytes, byte[]> stored;
  private final KeyValueStore<Bytes, byte[]> bell;
  private Runnable write = () -> {};
  private boolean isArmed;

  /**
   * @param waits for a commit; else what changes is put at once
   */
  BufferedStore(KeyValueStore<Bytes, byte[]> stored, boolean waits) {
    this.stored = stored;
    StoreBuilder<KeyValueStore<Bytes, byte[]>> builder =
        Stores.keyValueStoreBuilder(
                Bell.supplier(stored.name() + "-commit", this::ring),
                Serdes.Bytes(),
                Serdes.ByteArray())
            .withLoggingDisabled();
    this.bell = (waits ? builder.withCachingEnabled() : builder.withCachingDisabled()).build();
  }

  public static StoreBuilder<BufferedStore> builder(KeyValueBytesStoreSupplier supplier) {
    return BufferedStoreBuilder.of(supplier);
  }

  /** Its owner puts all that it changed when it is called; an owner that comes later takes over. */
  public void beforeCommit(Runnable owner) {
    write = owner;
    isArmed = false;
  }

  /**
   * The owner holds a change that is not put. Called once the change is whole: the owner may be
   * called at once.
   */
  public void changed() {
    if (!isArmed) {
      isArmed = true;
      bell.put(Bell.ROPE, Bell.PULL);
    }
  }

  public byte @Nullable [] get(Bytes key) {
    return stored.get(key);
  }

  public void put(Bytes key, byte[] value) {
    stored.put(key, value);
  }

  public void delete(Bytes key) {
    stored.put(key, null);
  }

  /** In the order of keys; to be closed. */
  public KeyValueIterator<Bytes, byte[]> all() {
    return stored.all();
  }

  /** After a failure Streams closes all stores, caches too: nothing is owed to what is closed. */
  private void ring() {
    isArmed = false;
    if (stored.isOpen()) {
      write.run();
    }
  }

  @Override
  public String name() {
    return stored.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    isArmed = false;
    stored.init(context, root);
    bell.init(context, bell);
  }

  @Override
  public void flush() {
    stored.flush();
  }

  /** The bell is closed by Streams, which knows it as a store of its own. */
  @Override
  public void close() {
    stored.close();
  }

  @Override
  public boolean persistent() {
    return stored.persistent();
  }

  @Override
  public boolean isOpen() {
    return stored.isOpen();
  }
}
