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

/** Sends once, by whatever way the destination asks for, within that way's deadline. */
public final class Sender {

  /** Of one request over HTTP. */
  public static final Duration HTTP_DEADLINE = Duration.ofSeconds(5);

  private final NetworkRules rules;
  private final SendWatch watch;
  private final Webhook webhook;
  private final PagerDuty pagerDuty;
  private final Slack slack;
  private final Email email;

  /**
   * @param watch sees each attempt
   */
  public Sender(NetworkRules rules, InstantSource clock, SendWatch watch) {
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
    return watch.watch(
        destination.type(), () -> attempt(rules.gate(tenant), destination, notification));
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
    return watch.watch(
        destination.type(), () -> pagerDuty.send(rules.gate(tenant), destination, change));
  }
}
