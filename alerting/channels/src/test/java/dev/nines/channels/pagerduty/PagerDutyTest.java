// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.channels.ChangeNotice;
import dev.nines.channels.Destination;
import dev.nines.channels.Notification;
import dev.nines.channels.Notification.Event;
import dev.nines.channels.Samples;
import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.Vendor;
import dev.nines.channels.http.HttpPost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagerDutyTest {

  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final String ACCEPTED =
      "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\"nines-incident-42\"}";

  private final Vendor vendor = new Vendor();
  private final PagerDuty pagerDuty =
      new PagerDuty(new HttpPost(Duration.ofSeconds(2)), InstantSource.fixed(Samples.AT));

  @AfterEach
  void stop() {
    vendor.close();
  }

  @Test
  void triggerIsAnAlertEvent() {
    vendor.answers(202, ACCEPTED);
    assertThat(send(Samples.notification(Event.TRIGGER)))
        .isEqualTo(new SendResult.Sent("nines-incident-42"));
    JsonNode event = vendor.last().json();
    assertThat(vendor.last().path()).isEqualTo("/v2/enqueue");
    assertThat(fields(event))
        .containsExactlyInAnyOrder(
            "routing_key", "event_action", "dedup_key", "payload", "client", "client_url", "links");
    assertThat(event.path("routing_key").asText()).isEqualTo(KEY);
    assertThat(event.path("event_action").asText()).isEqualTo("trigger");
    assertThat(event.path("dedup_key").asText()).isEqualTo("nines-incident-42");
    JsonNode payload = event.path("payload");
    assertThat(payload.path("summary").asText()).isEqualTo("Checkout in eu-west-1 burns 36x");
    assertThat(payload.path("severity").asText()).isEqualTo("critical");
    assertThat(payload.path("source").asText()).isEqualTo("acme/checkout");
    assertThat(payload.path("timestamp").asText()).isEqualTo("2026-01-01T10:00:00Z");
    assertThat(payload.path("custom_details").path("loop").asInt()).isZero();
    assertThat(event.path("links").path(0).path("href").asText())
        .isEqualTo("https://nines.example/i/42?a=1&b=2");
  }

  @ParameterizedTest
  @CsvSource({"ACKNOWLEDGE,acknowledge", "RESOLVE,resolve"})
  void laterEventsCarryTheirKeysOnly(Event told, String action) {
    vendor.answers(202, ACCEPTED);
    send(Samples.notification(told));
    JsonNode event = vendor.last().json();
    assertThat(fields(event)).containsExactlyInAnyOrder("routing_key", "event_action", "dedup_key");
    assertThat(event.path("event_action").asText()).isEqualTo(action);
    assertThat(event.path("dedup_key").asText()).isEqualTo("nines-incident-42");
  }

  @Test
  void summaryAndWholeEventStayWithinTheLimits() {
    vendor.answers(202, ACCEPTED);
    String details = "{\"much\":\"" + "ä".repeat(300_000) + "\"}";
    send(Samples.notification(Event.TRIGGER, "x" + "🔥".repeat(800), details, ""));
    JsonNode payload = vendor.last().json().path("payload");
    assertThat(vendor.last().text().length()).isLessThan(512_000);
    String summary = payload.path("summary").asText();
    assertThat(summary).hasSizeLessThanOrEqualTo(1_024).startsWith("x🔥").endsWith("🔥...");
    assertThat(payload.path("custom_details").path("left_out").asText()).startsWith("6");
  }

  @Test
  void refusalIsForGoodAndSaysWhy() {
    vendor.answers(
        400,
        "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\","
            + "\"errors\":[\"'routing_key' is wrong\"]}");
    assertThat(send(Samples.notification(Event.TRIGGER)))
        .isEqualTo(
            new SendResult.Refused(
                Reason.BAD_REQUEST,
                "answered 400: Event object is invalid ('routing_key' is wrong)"));
  }

  @Test
  void throttledAndBrokenAreTriedAgain() {
    vendor.answers(429, "", "30").answers(500, "").answers(200, "<html>captive portal</html>");
    assertThat(send(Samples.notification(Event.TRIGGER)))
        .isEqualTo(new SendResult.Unavailable(Optional.of(Duration.ofSeconds(30)), "answered 429"));
    assertThat(send(Samples.notification(Event.TRIGGER)))
        .isEqualTo(new SendResult.Unavailable(Optional.empty(), "answered 500"));
    assertThat(send(Samples.notification(Event.TRIGGER)))
        .isEqualTo(new SendResult.Unavailable(Optional.empty(), "answered 200"));
  }

  @Test
  void changeGoesToItsOwnAddress() {
    vendor.answers(202, "{\"status\":\"success\"}");
    ChangeNotice change =
        new ChangeNotice("c-1", "deploy of pay v2", "pay", Samples.AT, "{\"version\":\"v2\"}");
    Destination.PagerDuty to = new Destination.PagerDuty(vendor.url("/base/"), KEY);
    assertThat(pagerDuty.send(Samples.OPEN, to, change)).isInstanceOf(SendResult.Sent.class);
    JsonNode event = vendor.last().json();
    assertThat(vendor.last().path()).isEqualTo("/base/v2/change/enqueue");
    assertThat(fields(event)).containsExactlyInAnyOrder("routing_key", "payload");
    assertThat(fields(event.path("payload")))
        .containsExactlyInAnyOrder("summary", "source", "timestamp", "custom_details");
    assertThat(event.path("payload").path("summary").asText()).isEqualTo("deploy of pay v2");
  }

  private SendResult send(Notification notification) {
    return pagerDuty.send(
        Samples.OPEN, new Destination.PagerDuty(vendor.url(""), KEY), notification);
  }

  private static List<String> fields(JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
