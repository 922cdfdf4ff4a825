// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One record of {@code incident.events}, as the outbox of incident projects it. */
record IncidentEvent(String id, String tenant, String kind, Instant at, JsonNode payload) {}
