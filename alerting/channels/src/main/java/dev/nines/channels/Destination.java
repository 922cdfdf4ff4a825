// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import java.net.URI;

/** Where a channel leads, and what it takes to be let in. Texts of these show no secret. */
public sealed interface Destination {

  /** The word in the API and in the table. */
  String type();

  /**
   * Our own JSON, signed.
   *
   * @param secret key of the signature
   */
  record Webhook(URI url, String secret) implements Destination {
    public static final String TYPE = "webhook";

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String toString() {
      return TYPE + " " + url;
    }
  }

  /**
   * Events API v2.
   *
   * @param url without the path, for example {@code https://events.eu.pagerduty.com}
   * @param routingKey of the integration, 32 characters
   */
  record PagerDuty(URI url, String routingKey) implements Destination {
    public static final String TYPE = "pagerduty";
    public static final URI DEFAULT_URL = URI.create("https://events.pagerduty.com");

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String toString() {
      return TYPE + " " + url;
    }
  }

  /**
   * An incoming webhook: whoever has its URL can write.
   *
   * @param url secret
   */
  record SlackWebhook(URI url) implements Destination {

    @Override
    public String type() {
      return SlackBot.TYPE;
    }

    @Override
    public String toString() {
      return SlackBot.TYPE + " " + url.getHost();
    }
  }

  /**
   * A bot in a Slack channel: what follows a page is a reply to it.
   *
   * @param url of the Web API, for example {@code https://slack.com/api}
   * @param token {@code xoxb-...}
   * @param channel id or name
   */
  record SlackBot(URI url, String token, String channel) implements Destination {
    public static final String TYPE = "slack";
    public static final URI DEFAULT_URL = URI.create("https://slack.com/api");

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String toString() {
      return TYPE + " " + channel;
    }
  }

  /**
   * One address. STARTTLS and a log-in, or plain text to this very machine.
   *
   * @param user empty for none
   */
  record Email(
      String host,
      int port,
      Security security,
      String user,
      String password,
      String from,
      String to)
      implements Destination {
    public static final String TYPE = "email";

    /** What keeps the line private. */
    public enum Security {
      STARTTLS,
      NONE
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public String toString() {
      return TYPE + " " + to + " by " + host;
    }
  }
}
