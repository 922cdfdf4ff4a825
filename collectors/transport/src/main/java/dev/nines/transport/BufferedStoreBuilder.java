// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * @param inner builds what has the name and the changelog; never cached, or what an owner puts
 *     before a commit would stay in a cache that nobody flushes
 * @param waits for a commit with what changes: the cache that can be enabled. Streams, where its
 *     record cache has no bytes, disables caching of a builder and goes on with the same one: this
 *     one waits all the same, for it needs none of those bytes.
 */
record BufferedStoreBuilder(StoreBuilder<KeyValueStore<Bytes, byte[]>> inner, boolean waits)
    implements StoreBuilder<BufferedStore> {

  static BufferedStoreBuilder of(KeyValueBytesStoreSupplier supplier) {
    return new BufferedStoreBuilder(
        Stores.keyValueStoreBuilder(supplier, Serdes.Bytes(), Serdes.ByteArray())
            .withCachingDisabled(),
        true);
  }

  @Override
  public StoreBuilder<BufferedStore> withCachingEnabled() {
    return new BufferedStoreBuilder(inner, true);
  }

  @Override
  public StoreBuilder<BufferedStore> withCachingDisabled() {
    return new BufferedStoreBuilder(inner, false);
  }

  @Override
  public StoreBuilder<BufferedStore> withLoggingEnabled(Map<String, String> config) {
    return new BufferedStoreBuilder(inner.withLoggingEnabled(config), waits);
  }

  @Override
  public StoreBuilder<BufferedStore> withLoggingDisabled() {
    return new BufferedStoreBuilder(inner.withLoggingDisabled(), waits);
  }

  @Override
  public BufferedStore build() {
    return new BufferedStore(inner.build(), waits);
  }

  @Override
  public Map<String, String> logConfig() {
    return inner.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return inner.loggingEnabled();
  }

  @Override
  public String name() {
    return inner.name();
  }
}
