// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Streams' own task around one store: what a record does to it is committed after it. The thread's
 * record cache is small, and another store has filled it before each record.
 */
final class Committing implements AutoCloseable {

  private static final String APPLICATION = "committing";
  private static final String STORE = "store";
  private static final String OTHER = "other";
  private static final int CACHE_BYTES = 1_000;

  /** More than it has room for: Streams counts some 50 bytes for one. */
  private static final int CACHED_ENTRIES = 50;

  private final Queue<Consumer<BufferedStore>> records = new ArrayDeque<>();
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> input;

  /**
   * @param store of the name "store"
   */
  Committing(StoreBuilder<BufferedStore> store) {
    Topology topology = new Topology();
    topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "input");
    topology.addProcessor("process", () -> new Following(records), "in");
    topology.addStateStore(store, "process");
    topology.addStateStore(
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(OTHER), Serdes.Integer(), Serdes.ByteArray())
            .withCachingEnabled(),
        "process");
    Properties config = new Properties();
    config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION);
    config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    driver = new TopologyTestDriver(topology, config);
    input = driver.createInputTopic("input", new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Does it as a record would, and commits. */
  void commit(Consumer<BufferedStore> record) {
    records.add(record);
    input.pipeInput(new byte[0], new byte[0]);
  }

  static List<Bytes> keys(BufferedStore store) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      entries.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  List<Bytes> keys() {
    return keys((BufferedStore) driver.getStateStore(STORE));
  }

  /** What was put since the last call; at least once something was. */
  List<TestRecord<byte[], byte[]>> changelog() {
    return driver
        .createOutputTopic(
            APPLICATION + "-" + STORE + "-changelog",
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())
        .readRecordsToList();
  }

  @Override
  public void close() {
    driver.close();
  }

  private static final class Following implements Processor<byte[], byte[], Void, Void> {
    private final Queue<Consumer<BufferedStore>> records;
    private BufferedStore store;
    private KeyValueStore<Integer, byte[]> other;

    private Following(Queue<Consumer<BufferedStore>> records) {
      this.records = records;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
      store = context.getStateStore(STORE);
      other = context.getStateStore(OTHER);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
      for (int key = 0; key < CACHED_ENTRIES; key++) {
        other.put(key, new byte[0]);
      }
      records.remove().accept(store);
    }
  }
}
