// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident;

import dev.nines.journal.Delivery;
import dev.nines.journal.OutboxHandler;
import dev.nines.journal.OutboxMessage;
import dev.nines.journal.Outcome;
import java.time.Duration;
import java.util.Optional;

/** Drains lane {@code projection} to a topic, for as long as it takes. */
public final class ProjectionRelay implements OutboxHandler {

  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final EventPublisher publisher;

  public ProjectionRelay(EventPublisher publisher) {
    this.publisher = publisher;
  }

  @Override
  public Outcome deliver(Delivery delivery) {
    OutboxMessage message = delivery.message();
    Optional<String> failure =
        publisher.publish(message.destination(), message.recordKey(), message.payload());
    return failure.isEmpty()
        ? new Outcome.Delivered("")
        : new Outcome.Retry(AGAIN, failure.get(), true);
  }
}
