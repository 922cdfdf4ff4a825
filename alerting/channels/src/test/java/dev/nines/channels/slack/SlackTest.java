// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.channels.Destination;
import dev.nines.channels.Notification;
import dev.nines.channels.Notification.Event;
import dev.nines.channels.Samples;
import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Sent;
import dev.nines.channels.SendResult.Unavailable;
import dev.nines.channels.Vendor;
import dev.nines.channels.http.HttpPost;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackTest {

  private final Vendor vendor = new Vendor();
  private final Slack slack =
      new Slack(new HttpPost(Duration.ofSeconds(2)), InstantSource.fixed(Samples.AT));

  @AfterEach
  void stop() {
    vendor.close();
  }

  @Test
  void webhookGetsBlocksThatSlackTakesAndShowsAsTheyAre() {
    vendor.answers(200, "ok");
    String summary = "Checkout <!channel> & co burn";
    assertThat(hook(Samples.notification(Event.TRIGGER, summary, "{}", "")))
        .isEqualTo(new Sent(""));
    JsonNode message = vendor.last().json();
    checkMessage(message);
    assertThat(message.path("text").asText())
        .isEqualTo(
            ":rotating_light: Checkout &lt;availability&gt; &amp; more:"
                + " Checkout &lt;!channel&gt; &amp; co burn");
    assertThat(message.path("blocks").path(0).path("text").path("text").asText())
        .isEqualTo(":rotating_light: Checkout <availability> & more");
    assertThat(message.toString())
        .contains("*Burn*\\n36x &gt; 10x")
        .contains("<https://nines.example/i/42?a=1&amp;b=2|Incident>")
        .doesNotContain("<!channel>")
        .doesNotContain("repeat");
  }

  @Test
  void repeatSaysSo() {
    vendor.answers(200, "ok");
    hook(Samples.repeated(Samples.notification(Event.TRIGGER)));
    assertThat(vendor.last().text()).contains("may be a repeat");
  }

  @Test
  void longTextsStayWithinTheLimits() {
    vendor.answers(200, "ok");
    hook(Samples.notification(Event.TRIGGER, "<&>".repeat(3_000), "{}", ""));
    checkMessage(vendor.last().json());
    assertThat(vendor.last().json().path("text").asText()).endsWith("...");
  }

  @ParameterizedTest
  @CsvSource({
    "400,invalid_payload,BAD_REQUEST",
    "400,invalid_blocks,BAD_REQUEST",
    "403,action_prohibited,NOT_AUTHORISED",
    "404,no_service,NO_SUCH_ADDRESS",
    "404,channel_not_found,NO_SUCH_ADDRESS",
    "410,channel_is_archived,NO_SUCH_ADDRESS"
  })
  void refusalsOfAWebhookAreForGood(int status, String word, Reason reason) {
    vendor.answers(status, word);
    assertThat(hook(Samples.notification(Event.TRIGGER)))
        .isEqualTo(new Refused(reason, "answered " + status + ": " + word));
  }

  @Test
  void throttledWebhookWaitsAsLongAsItIsTold() {
    vendor.answers(429, "rate_limited", "7").answers(500, "rollup_error").answers(200, "<html>");
    assertThat(hook(Samples.notification(Event.TRIGGER)))
        .isEqualTo(
            new Unavailable(Optional.of(Duration.ofSeconds(7)), "answered 429: rate_limited"));
    assertThat(hook(Samples.notification(Event.TRIGGER))).isInstanceOf(Unavailable.class);
    assertThat(hook(Samples.notification(Event.TRIGGER))).isInstanceOf(Unavailable.class);
  }

  @Test
  void botBeginsAThreadAndReplies() {
    vendor.answers(200, "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"17.0001\"}");
    vendor.answers(200, "{\"ok\":true,\"channel\":\"C1\",\"ts\":\"17.0002\"}");
    assertThat(bot(Samples.notification(Event.TRIGGER))).isEqualTo(new Sent("C1/17.0001"));
    assertThat(vendor.last().path()).isEqualTo("/api/chat.postMessage");
    assertThat(vendor.last().headers().get("Authorization")).containsExactly("Bearer xoxb-1");
    assertThat(vendor.last().json().path("channel").asText()).isEqualTo("#alerts");
    assertThat(vendor.last().json().has("thread_ts")).isFalse();
    checkMessage(vendor.last().json());

    bot(Samples.notification(Event.RESOLVE, "Resolved by ann", "{}", "C1/17.0001"));
    assertThat(vendor.last().json().path("thread_ts").asText()).isEqualTo("17.0001");
    assertThat(vendor.last().json().path("reply_broadcast").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "is_archived,NO_SUCH_ADDRESS",
    "channel_not_found,NO_SUCH_ADDRESS",
    "invalid_auth,NOT_AUTHORISED",
    "not_in_channel,NOT_AUTHORISED",
    "msg_too_long,TOO_LARGE",
    "invalid_blocks,BAD_REQUEST"
  })
  void botReadsItsRefusalFromTheBody(String error, Reason reason) {
    vendor.answers(200, "{\"ok\":false,\"error\":\"" + error + "\"}");
    assertThat(bot(Samples.notification(Event.TRIGGER)))
        .isEqualTo(new Refused(reason, "answered " + error));
  }

  @Test
  void slacksOwnTroubleLeavesTheOutcomeOpen() {
    vendor.answers(200, "{\"ok\":false,\"error\":\"fatal_error\"}").answers(200, "");
    vendor.answers(200, "{\"ok\":false,\"error\":\"ratelimited\"}");
    assertThat(bot(Samples.notification(Event.TRIGGER))).isInstanceOf(Ambiguous.class);
    assertThat(bot(Samples.notification(Event.TRIGGER))).isInstanceOf(Ambiguous.class);
    assertThat(bot(Samples.notification(Event.TRIGGER))).isInstanceOf(Unavailable.class);
  }

  private SendResult hook(Notification notification) {
    return slack.send(
        Samples.OPEN, new Destination.SlackWebhook(vendor.url("/services/T/B/x")), notification);
  }

  private SendResult bot(Notification notification) {
    return slack.send(
        Samples.OPEN,
        new Destination.SlackBot(vendor.url("/api"), "xoxb-1", "#alerts"),
        notification);
  }

  /** The rules of Block Kit, by the vendor's reference. */
  private static void checkMessage(JsonNode message) {
    assertThat(message.path("text").asText()).isNotEmpty();
    JsonNode blocks = message.path("blocks");
    assertThat(blocks.size()).isBetween(1, 50);
    assertThat(blocks.toString().length()).isLessThan(13_200);
    for (JsonNode block : blocks) {
      JsonNode text = block.path("text");
      switch (block.path("type").asText()) {
        case "header" -> {
          assertThat(text.path("type").asText()).isEqualTo("plain_text");
          assertThat(text.path("text").asText().length()).isBetween(1, 150);
        }
        case "section" -> {
          assertThat(text.isMissingNode()).isNotEqualTo(block.path("fields").isMissingNode());
          assertThat(text.path("text").asText().length()).isLessThanOrEqualTo(3_000);
          assertThat(block.path("fields").size()).isLessThanOrEqualTo(10);
          block
              .path("fields")
              .forEach(f -> assertThat(f.path("text").asText().length()).isBetween(1, 2_000));
        }
        case "context" -> assertThat(block.path("elements").size()).isBetween(1, 10);
        default -> throw new AssertionError(block);
      }
    }
  }
}
