// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.telemetry.TraceWalker;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Reads topics from start to end. */
final class Records {

  private final KafkaClients kafka;

  Records(String bootstrapServers) {
    kafka = new KafkaClients(bootstrapServers);
  }

  List<Envelope> envelopes(String region) {
    return all(TelemetryTopics.in(region).name()).stream()
        .filter(record -> !Progress.isProgress(header(record)))
        .map(record -> Envelope.read(record.key(), header(record), record.value()))
        .toList();
  }

  /** Progress records by partition. */
  List<Progress> progress(String region, int partition) {
    return all(TelemetryTopics.in(region).name()).stream()
        .filter(record -> record.partition() == partition && Progress.isProgress(header(record)))
        .map(record -> Progress.read(header(record)))
        .toList();
  }

  List<AccountingEntry> accounting(String region) {
    JsonSerde<AccountingEntry> json = new JsonSerde<>(AccountingEntry.class);
    return all(TelemetryTopics.ACCOUNTING.name()).stream()
        .map(record -> json.read(record.value()))
        .filter(entry -> entry.region().equals(region))
        .toList();
  }

  /** Names of all spans on the topic. */
  Set<String> spanNames(String region) {
    Set<String> names = new TreeSet<>();
    for (Envelope envelope : envelopes(region)) {
      new TraceWalker().walk(envelope.body(), span -> names.add(span.name().utf8()));
    }
    return names;
  }

  private List<ConsumerRecord<byte[], byte[]>> all(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer = kafka.consumer(null, Map.of())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
      }
    }
    return records;
  }

  private static Function<String, byte[]> header(ConsumerRecord<byte[], byte[]> record) {
    return name -> {
      Header header = record.headers().lastHeader(name);
      return header == null ? null : header.value();
    };
  }
}
