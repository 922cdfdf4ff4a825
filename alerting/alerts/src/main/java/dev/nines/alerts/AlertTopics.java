// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import dev.nines.transport.Topic;
import java.time.Duration;

/** The topics of alerting and incident. */
public final class AlertTopics {

  /** {@link IncidentEvent}, key incident id; written from the outbox's lane {@code projection}. */
  public static final Topic INCIDENT_EVENTS =
      Topic.kept(IncidentEvent.TOPIC, 4, Duration.ofDays(7));

  private AlertTopics() {}
}
