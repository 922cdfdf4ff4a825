// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import java.time.Instant;

/**
 * A change of an incident, as JSON on topic {@link #TOPIC}, key: the incident's id. At least once:
 * a reader keeps one per {@code id}.
 *
 * @param id of this event
 * @param incident id of the incident
 * @param kind triggered, reopened, escalated, acknowledged, resolved, paged, undeliverable, ...
 * @param payload JSON object with the incident after the change
 */
public record IncidentEvent(
    String id, String incident, String tenant, String kind, Instant at, String payload) {

  public static final String TOPIC = "incident.events";
}
