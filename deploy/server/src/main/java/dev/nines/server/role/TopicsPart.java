// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.alerts.IncidentEvent;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.server.Part;
import dev.nines.server.Stores;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.KafkaException;

/**
 * Creates the topics of control data, in the background: a server must start, and page, while Kafka
 * is away.
 */
@Singleton
public final class TopicsPart implements Part {

  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final List<Topic> TOPICS =
      List.of(
          ObjectiveTopics.OBJECTIVES,
          ObjectiveTopics.TOKENS,
          ObjectiveTopics.CHANGES,
          ObjectiveTopics.SLO_STATUS,
          ObjectiveTopics.SLO_BURN,
          Topic.kept(IncidentEvent.TOPIC, 4, Duration.ofDays(7)));

  private final KafkaClients kafka;
  private volatile boolean created;
  private volatile boolean closed;

  public TopicsPart(Stores stores) {
    kafka = stores.kafka();
  }

  @Override
  public String name() {
    return "topics";
  }

  @Override
  public void start() {
    Thread.ofVirtual().name("create-topics").start(this::create);
  }

  private void create() {
    while (!closed && !created) {
      try {
        kafka.create(TOPICS);
        created = true;
      } catch (KafkaException | IllegalStateException e) {
        LockSupport.parkNanos(AGAIN.toNanos());
      }
    }
  }

  @Override
  public Optional<String> check() {
    return created
        ? Optional.empty()
        : Optional.of("starting: the control topics are not there yet");
  }

  @Override
  public void close() {
    closed = true;
  }
}
