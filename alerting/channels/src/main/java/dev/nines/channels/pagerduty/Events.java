// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.channels.ChangeNotice;
import dev.nines.channels.Notification;
import dev.nines.channels.Text;
import dev.nines.channels.Trees;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The bodies of events and of the answers to them. */
final class Events {

  /** PagerDuty takes 512 KB and does not say which KB. */
  private static final int BYTES_MAX = 512_000;

  private static final int SUMMARY_MAX = 1_024;
  private static final int DEDUP_KEY_MAX = 255;

  private Events() {}

  static String alert(String routingKey, Notification notification) {
    ObjectNode event =
        Trees.object()
            .put("routing_key", routingKey)
            .put("event_action", action(notification.event()))
            .put("dedup_key", Text.cut(notification.dedupKey(), DEDUP_KEY_MAX));
    if (notification.event() != Notification.Event.TRIGGER) {
      return Trees.write(event);
    }
    ObjectNode payload = event.putObject("payload");
    payload
        .put("summary", Text.cut(notification.summary(), SUMMARY_MAX))
        .put("source", notification.source())
        .put("severity", severity(notification.severity()))
        .put("timestamp", notification.at().toString())
        .put("class", "error budget");
    if (!notification.component().isEmpty()) {
      payload.put("component", notification.component());
    }
    payload.set("custom_details", Trees.read(notification.details()));
    event.put("client", "Nines");
    links(event, notification.links());
    return bounded(event);
  }

  static String change(String routingKey, ChangeNotice change) {
    ObjectNode event = Trees.object().put("routing_key", routingKey);
    ObjectNode payload = event.putObject("payload");
    payload
        .put("summary", Text.cut(change.summary(), SUMMARY_MAX))
        .put("source", change.source())
        .put("timestamp", change.at().toString());
    payload.set("custom_details", Trees.read(change.details()));
    return bounded(event);
  }

  static String dedupKey(String answer) {
    return Trees.read(answer).path("dedup_key").asText();
  }

  /** {@code status}, {@code message} and {@code errors} of a refusal, as one line. */
  static String problem(String answer) {
    JsonNode body = Trees.read(answer);
    String errors =
        StreamSupport.stream(body.path("errors").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    String message = body.path("message").asText();
    return errors.isEmpty() ? message : message + " (" + errors + ")";
  }

  private static String action(Notification.Event event) {
    return switch (event) {
      case TRIGGER -> "trigger";
      case ACKNOWLEDGE -> "acknowledge";
      case RESOLVE -> "resolve";
      case UPDATE ->
          throw new IllegalArgumentException("a second trigger would wake somebody again");
    };
  }

  private static String severity(Notification.Severity severity) {
    return switch (severity) {
      case PAGE -> "critical";
      case TICKET -> "warning";
    };
  }

  private static void links(ObjectNode event, List<Notification.Link> links) {
    if (links.isEmpty()) {
      return;
    }
    event.put("client_url", links.getFirst().url().toString());
    ArrayNode list = event.putArray("links");
    for (Notification.Link link : links) {
      list.addObject().put("href", link.url().toString()).put("text", link.text());
    }
  }

  /** A page without its details is still a page. */
  private static String bounded(ObjectNode event) {
    String whole = Trees.write(event);
    int bytes = Text.bytes(whole);
    if (bytes <= BYTES_MAX) {
      return whole;
    }
    String why = "%d bytes, more than PagerDuty takes; they are in the incident".formatted(bytes);
    event.withObject("/payload").putObject("custom_details").put("left_out", why);
    return Trees.write(event);
  }
}
