// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

class ContainerKafkaTest extends KafkaContract {

  private static final String IMAGE = "apache/kafka:4.1.1";

  @Override
  Optional<String> missing() {
    return Docker.missing("KafkaContract", IMAGE);
  }

  @Override
  Subject startBroker() {
    int port = Ports.free();
    GenericContainer<?> kafka = new GenericContainer<>(IMAGE);
    kafka.setPortBindings(List.of("127.0.0.1:" + port + ":9092"));
    kafka.withEnv(
        Map.ofEntries(
            Map.entry("KAFKA_NODE_ID", "1"),
            Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
            Map.entry("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093"),
            Map.entry("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://127.0.0.1:" + port),
            Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
            Map.entry(
                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT"),
            Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
            Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "PLAINTEXT"),
            Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
            Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
            Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
            Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
            Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
            Map.entry("KAFKA_MESSAGE_MAX_BYTES", "2097152")));
    kafka.waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1)).start();
    return Subject.of(kafka, "127.0.0.1:" + port);
  }
}
