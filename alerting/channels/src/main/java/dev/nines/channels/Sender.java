// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import dev.nines.channels.NetworkRules.Gate;
import dev.nines.channels.email.Email;
import dev.nines.channels.http.HttpPost;
import dev.nines.channels.pagerduty.PagerDuty;
import dev.nines.channels.slack.Slack;
import dev.nines.channels.webhook.Webhook;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BiConsumer;

/** Sends once, by whatever way the destination asks for, within that way's deadline. */
public final class Sender {

  /** Of one request over HTTP. */
  public static final Duration HTTP_DEADLINE = Duration.ofSeconds(5);

  private final NetworkRules rules;
  private final BiConsumer<String, Boolean> watch;
  private final Webhook webhook;
  private final PagerDuty pagerDuty;
  private final Slack slack;
  private final Email email;

  /**
   * @param watch is told of each attempt its kind of provider, and whether the provider took it or
   *     said why not
   */
  public Sender(NetworkRules rules, InstantSource clock, BiConsumer<String, Boolean> watch) {
    this.rules = rules;
    this.watch = watch;
    HttpPost http = new HttpPost(HTTP_DEADLINE);
    webhook = new Webhook(http, clock);
    pagerDuty = new PagerDuty(http, clock);
    slack = new Slack(http, clock);
    email = new Email(clock, Email.DEADLINE);
  }

  /**
   * @param tenant whose channel it is
   */
  public SendResult send(String tenant, Destination destination, Notification notification) {
    return watched(destination.type(), attempt(rules.gate(tenant), destination, notification));
  }

  private SendResult attempt(Gate gate, Destination destination, Notification notification) {
    return switch (destination) {
      case Destination.Webhook to ->
          webhook.send(gate, to, notification.key(), notification.details());
      case Destination.PagerDuty to -> pagerDuty.send(gate, to, notification);
      case Destination.SlackWebhook to -> slack.send(gate, to, notification);
      case Destination.SlackBot to -> slack.send(gate, to, notification);
      case Destination.Email to -> email.send(gate, to, notification);
    };
  }

  public SendResult send(String tenant, Destination.PagerDuty destination, ChangeNotice change) {
    return watched(destination.type(), pagerDuty.send(rules.gate(tenant), destination, change));
  }

  private SendResult watched(String provider, SendResult result) {
    boolean answered =
        switch (result) {
          case SendResult.Sent _, SendResult.Refused _ -> true;
          case SendResult.Unavailable _, SendResult.Ambiguous _ -> false;
        };
    watch.accept(provider, answered);
    return result;
  }
}
