// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.BufferedStore;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;

/** Chunks of ladders in a store of their own, without a task. */
final class StoredChunks {

  private StoredChunks() {}

  static Chunks in(Path folder) {
    return new Chunks(store(folder), new EvaluationMetrics(new CollectorRegistry()).storedEarly);
  }

  /** What is put into it is stored at once. */
  private static BufferedStore store(Path folder) {
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, "cells");
    config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    MockProcessorContext<byte[], byte[]> context =
        new MockProcessorContext<>(config, new TaskId(0, 0), folder.toFile());
    BufferedStore store =
        Chunks.builder(Stores.inMemoryKeyValueStore("cells"))
            .withCachingDisabled()
            .withLoggingDisabled()
            .build();
    store.init(context.getStateStoreContext(), store);
    return store;
  }
}
