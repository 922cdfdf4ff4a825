// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;

/**
 * What a processor writes: the value, and where it goes. One sink serves all topics, so that one
 * task's records keep their order.
 */
public record Outbound(Topic topic, Partition partition, byte[] value) {

  private static final Serializer<Outbound> VALUE = (topic, outbound) -> outbound.value();

  /** Which partition. */
  public sealed interface Partition {
    /** By the hash of the key, as Kafka's own producer does. */
    record ByKey() implements Partition {}

    record Number(int number) implements Partition {}

    record Every() implements Partition {}
  }

  public static Outbound byKey(Topic topic, byte[] value) {
    return new Outbound(topic, new Partition.ByKey(), value);
  }

  public static Outbound to(Topic topic, int partition, byte[] value) {
    return new Outbound(topic, new Partition.Number(partition), value);
  }

  public static Outbound toEvery(Topic topic, byte[] value) {
    return new Outbound(topic, new Partition.Every(), value);
  }

  /** Adds the sink of a processor, which it shares with no other. */
  public static void addSink(Topology topology, String processor) {
    topology.<byte[], Outbound>addSink(
        processor + "-out",
        (key, value, context) -> value.topic().name(),
        new ByteArraySerializer(),
        VALUE,
        (topic, key, value, count) -> value.partitions(count),
        processor);
  }

  private Optional<Set<Integer>> partitions(int count) {
    return switch (partition) {
      case Partition.ByKey() -> Optional.empty();
      case Partition.Number(int number) -> Optional.of(Set.of(number));
      case Partition.Every() ->
          Optional.of(IntStream.range(0, count).boxed().collect(Collectors.toSet()));
    };
  }
}
