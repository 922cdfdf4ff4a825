// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A changelogged store whose owner keeps what it changes in memory, in a form of its own, and puts
 * it before the commit: once, however often it changed. Streams' own record cache does so for bytes
 * in the order of keys, and a dozen comparisons a look-up were most of what a count cost.
 *
 * <p>Streams has no public call before a commit. But it asks each registered store that is a {@link
 * CachedStateStore} to flush its cache then, and this one's cache is its owner. What the owner puts
 * belongs to the same transaction as the input that changed it.
 *
 * <p>Belongs to one task. What was not committed is gone with the owner, as the input is that comes
 * again.
 */
public final class BufferedStore implements StateStore, CachedStateStore<Bytes, byte[]> {

  private final KeyValueStore<Bytes, byte[]> stored;
  private final boolean waits;
  private Runnable write = () -> {};
  private boolean isChanged;

  /**
   * @param waits for a commit; else what changes is put at once
   */
  BufferedStore(KeyValueStore<Bytes, byte[]> stored, boolean waits) {
    this.stored = stored;
    this.waits = waits;
  }

  public static StoreBuilder<BufferedStore> builder(KeyValueBytesStoreSupplier supplier) {
    return BufferedStoreBuilder.of(supplier);
  }

  /** Its owner puts all that it changed when it is called; an owner that comes later takes over. */
  public void beforeCommit(Runnable owner) {
    write = owner;
    isChanged = false;
  }

  /**
   * The owner holds a change that is not put. Called once the change is whole: where nothing waits
   * the owner is called at once.
   */
  public void changed() {
    isChanged = true;
    if (!waits) {
      flushCache();
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

  /**
   * Before each commit, in its transaction, and before a task that failed is closed, whose
   * transaction is aborted. The store is open.
   */
  @Override
  public void flushCache() {
    if (isChanged) {
      isChanged = false;
      write.run();
    }
  }

  /** A task becomes a copy, or a copy the task: whoever owned it is gone. */
  @Override
  public void clearCache() {
    isChanged = false;
  }

  /** Nothing is forwarded from here. */
  @Override
  public boolean setFlushListener(
      CacheFlushListener<Bytes, byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public String name() {
    return stored.name();
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    isChanged = false;
    stored.init(context, root);
  }

  /** After a commit, before a checkpoint: to put what the owner holds would be too late. */
  @Override
  public void flush() {
    stored.flush();
  }

  /** What the owner still holds was not committed. */
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
