// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.channels.Destination;
import dev.nines.channels.NetworkRules.Gate;
import dev.nines.channels.Notification;
import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Sent;
import dev.nines.channels.SendResult.Unavailable;
import dev.nines.channels.Trees;
import dev.nines.channels.http.HttpAnswer;
import dev.nines.channels.http.HttpPost;
import dev.nines.channels.http.HttpPost.Result;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Slack has no key against repeats: a message sent again after an unknown outcome appears twice,
 * the second marked. A webhook can't reply to a message of its own; a bot's later messages are
 * replies to its first one about the incident.
 */
public final class Slack {

  private static final String OK = "ok";

  /** Slack's own trouble: it says that part of the call may have succeeded. */
  private static final Set<String> UNSURE =
      Set.of("internal_error", "fatal_error", "request_timeout");

  private static final Set<String> BUSY =
      Set.of("ratelimited", "rate_limited", "service_unavailable", "team_added_to_org");

  private static final Set<String> NOT_AUTHORISED =
      Set.of(
          "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "no_permission",
          "missing_scope",
          "restricted_action",
          "not_in_channel",
          "ekm_access_denied",
          "access_denied",
          "org_login_required");

  private static final Set<String> NO_SUCH_ADDRESS =
      Set.of("channel_not_found", "is_archived", "channel_is_archived");

  private final HttpPost http;
  private final InstantSource clock;

  public Slack(HttpPost http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /** Answers {@code ok}, or a word that says why not. */
  public SendResult send(Gate gate, Destination.SlackWebhook to, Notification notification) {
    String body = Trees.write(Blocks.of(notification));
    return switch (http.send(gate, to.url(), Map.of(), body)) {
      case Result.Failed(SendResult result) -> result;
      case Result.Answered(HttpAnswer answer) ->
          answer.ok() && answer.body().strip().equals(OK)
              ? new Sent("")
              : answer.failure(clock.instant(), answer.body());
    };
  }

  /** chat.postMessage; its message's {@code channel/ts} is the thread of what follows. */
  public SendResult send(Gate gate, Destination.SlackBot to, Notification notification) {
    ObjectNode message = Blocks.of(notification).put("channel", to.channel());
    message.put("unfurl_links", false);
    if (!notification.thread().isEmpty()) {
      message.put("thread_ts", notification.thread().replaceFirst("^.*/", ""));
      // A page must be seen by those who don't follow the thread.
      message.put("reply_broadcast", notification.event() == Notification.Event.TRIGGER);
    }
    URI url = URI.create(to.url().toString().replaceAll("/+$", "") + "/chat.postMessage");
    Map<String, String> headers = Map.of("Authorization", "Bearer " + to.token());
    return switch (http.send(gate, url, headers, Trees.write(message))) {
      case Result.Failed(SendResult result) -> result;
      case Result.Answered(HttpAnswer answer) ->
          answer.ok() ? said(answer) : answer.failure(clock.instant(), answer.body());
    };
  }

  /** The Web API says 200 to everything and means its body. */
  private static SendResult said(HttpAnswer answer) {
    JsonNode body = Trees.read(answer.body());
    if (body.path("ok").asBoolean()) {
      return new Sent(body.path("channel").asText() + "/" + body.path("ts").asText());
    }
    String error = body.path("error").asText();
    if (error.isEmpty() || UNSURE.contains(error)) {
      return new Ambiguous("answered " + (error.isEmpty() ? "no JSON of Slack" : error));
    }
    if (BUSY.contains(error)) {
      return new Unavailable(Optional.empty(), "answered " + error);
    }
    return new Refused(reason(error), "answered " + error);
  }

  private static Reason reason(String error) {
    if (NOT_AUTHORISED.contains(error)) {
      return Reason.NOT_AUTHORISED;
    }
    if (NO_SUCH_ADDRESS.contains(error)) {
      return Reason.NO_SUCH_ADDRESS;
    }
    return error.equals("msg_too_long") ? Reason.TOO_LARGE : Reason.BAD_REQUEST;
  }
}
