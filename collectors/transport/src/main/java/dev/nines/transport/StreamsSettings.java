// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What differs from one Streams application to the next; the rest is fixed by the promises.
 *
 * @param instance name of this process in the group, the same after a restart: a static member
 * @param instances how many processes share the application's tasks; with more than one, each keeps
 *     a copy of some of the others' state, from which it goes on when one of them is gone
 * @param state directory of this process alone, which outlives restarts
 * @param threads stream threads; tasks are the partitions of the source
 * @param commitInterval a transaction's length, and so most of the delay that it adds
 * @param cacheBytes record cache of all threads together: it coalesces writes to one key
 * @param bufferedRecords read ahead of one partition, about: Streams knows no bound in bytes, so
 *     that a topic of large records needs a small number
 * @param fetchBytes read of one partition at a time: all of it is processed before what another
 *     has, so that after a silence a large one serves partitions one after the other. Above a batch
 *     of the writers: a larger one is had from but one partition a fetch
 */
public record StreamsSettings(
    String bootstrapServers,
    String application,
    String instance,
    int instances,
    Path state,
    int threads,
    Duration commitInterval,
    long cacheBytes,
    int bufferedRecords,
    int fetchBytes) {

  /** Of a batch of a Streams application's producer, about, compressed; one record may be more. */
  public static final int BATCH_BYTES = 64 << 10;

  private static final int POLL_RECORDS_MAX = 500;

  /** How soon a process that came back gets tasks once its copies are near: Streams' least. */
  private static final Duration PROBING = Duration.ofMinutes(1);

  public StreamsSettings {
    if (instances < 1) {
      throw new IllegalArgumentException("nines.instances is at least 1, and is " + instances);
    }
  }

  public StreamsSettings withInstances(int value) {
    return new StreamsSettings(
        bootstrapServers,
        application,
        instance,
        value,
        state,
        threads,
        commitInterval,
        cacheBytes,
        bufferedRecords,
        fetchBytes);
  }

  /** Copies of each task's state in other processes. */
  int standbys() {
    return instances > 1 ? 1 : 0;
  }

  Properties properties(RocksMemory memory) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, standbys());
    properties.put(StreamsConfig.PROBING_REBALANCE_INTERVAL_MS_CONFIG, PROBING.toMillis());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
    properties.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, bufferedRecords);
    properties.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // Punctuators run between polls: a longer poll would delay them when nothing arrives.
    properties.put(StreamsConfig.POLL_MS_CONFIG, 10);
    properties.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SharedRocksMemory.class);
    properties.put(RocksMemory.KEY, memory);
    changelogs(properties);
    consumers(properties);
    producers(properties);
    return properties;
  }

  /** Restoring reads what compaction left: deleted sums would stay for a day by default. */
  private static void changelogs(Properties properties) {
    properties.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), 16 << 20);
    properties.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_MS_CONFIG), 600_000);
    properties.put(StreamsConfig.topicPrefix(TopicConfig.DELETE_RETENTION_MS_CONFIG), 600_000);
    properties.put(StreamsConfig.topicPrefix(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG), 0.2);
  }

  private void consumers(Properties properties) {
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instance);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
    properties.put(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        fetchBytes);
    properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 4 << 20);
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        Math.min(bufferedRecords, POLL_RECORDS_MAX));
    properties.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
        List.of(OwnHeaders.class));
    restoring(properties);
  }

  /** Entries of changelogs are some hundred bytes: a poll of 500 is a tenth of a megabyte. */
  private static void restoring(Properties properties) {
    properties.put(
        StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 20_000);
    properties.put(
        StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        4 << 20);
    properties.put(
        StreamsConfig.restoreConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), 16 << 20);
  }

  private void producers(Properties properties) {
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), 16L << 20);
    properties.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
  }
}
