// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** PagerDuty's rules for events, from its published reference of Events API v2. */
final class PagerDutyRules {

  private static final Set<String> ACTIONS = Set.of("trigger", "acknowledge", "resolve");
  private static final Set<String> SEVERITIES = Set.of("critical", "error", "warning", "info");
  private static final int SUMMARY_MAX = 1_024;
  private static final int DEDUP_KEY_MAX = 255;

  private final String routingKey;

  PagerDutyRules(String routingKey) {
    this.routingKey = routingKey;
  }

  /** What is wrong with an alert event. */
  List<String> alert(JsonNode event) {
    List<String> errors = common(event);
    String action = event.path("event_action").asText();
    String key = event.path("dedup_key").asText();
    check(errors, ACTIONS.contains(action), "event_action is " + action);
    check(errors, key.length() <= DEDUP_KEY_MAX, "dedup_key is too long");
    if (action.equals("trigger")) {
      JsonNode payload = event.path("payload");
      summary(errors, payload);
      check(errors, !payload.path("source").asText().isBlank(), "payload.source is missing");
      String severity = payload.path("severity").asText();
      check(errors, SEVERITIES.contains(severity), "payload.severity is " + severity);
    } else {
      check(errors, !key.isEmpty(), "dedup_key is missing");
    }
    return errors;
  }

  /** What is wrong with a change event. */
  List<String> change(JsonNode event) {
    List<String> errors = common(event);
    check(errors, !event.has("event_action"), "a change has no event_action");
    summary(errors, event.path("payload"));
    return errors;
  }

  private List<String> common(JsonNode event) {
    List<String> errors = new ArrayList<>();
    check(errors, event.isObject(), "not a JSON object");
    check(errors, event.path("routing_key").asText().equals(routingKey), "routing_key is unknown");
    JsonNode payload = event.path("payload");
    JsonNode at = payload.path("timestamp");
    check(errors, at.isMissingNode() || isTime(at.asText()), "payload.timestamp is no time");
    JsonNode details = payload.path("custom_details");
    check(errors, details.isMissingNode() || details.isObject(), "custom_details is no object");
    for (JsonNode link : event.path("links")) {
      check(errors, isUrl(link.path("href").asText()), "links.href is no URL");
    }
    return errors;
  }

  private static void summary(List<String> errors, JsonNode payload) {
    String summary = payload.path("summary").asText();
    check(errors, !summary.isBlank(), "payload.summary is missing");
    check(errors, summary.length() <= SUMMARY_MAX, "payload.summary is too long");
  }

  private static void check(List<String> errors, boolean holds, String error) {
    if (!holds) {
      errors.add(error);
    }
  }

  private static boolean isTime(String text) {
    try {
      return !OffsetDateTime.parse(text).equals(OffsetDateTime.MIN);
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isUrl(String text) {
    try {
      return URI.create(text).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
