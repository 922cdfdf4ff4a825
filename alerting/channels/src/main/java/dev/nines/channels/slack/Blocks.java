// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.channels.Notification;
import dev.nines.channels.Notification.Fact;
import dev.nines.channels.Notification.Link;
import dev.nines.channels.Text;
import dev.nines.channels.Trees;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message of Block Kit, within its limits (docs.slack.dev, "Block Kit", and slackapi/bolt-js#2509
 * for the whole). {@code text} is what the telephone shows and the screen reader says.
 */
final class Blocks {

  private static final int HEADER_MAX = 150;
  private static final int SECTION_MAX = 3_000;
  private static final int FIELDS_MAX = 10;

  /** Slack takes 2,000 a field, but about 13,200 in all blocks of a message. */
  private static final int FIELD_MAX = 600;

  private Blocks() {}

  static ObjectNode of(Notification notification) {
    ObjectNode message = Trees.object();
    message.put(
        "text", Mrkdwn.of(headline(notification) + ": " + notification.summary(), SECTION_MAX));
    ArrayNode blocks = message.putArray("blocks");
    blocks
        .addObject()
        .put("type", "header")
        .putObject("text")
        .put("type", "plain_text")
        .put("emoji", true)
        .put("text", Text.cut(headline(notification), HEADER_MAX));
    mrkdwn(section(blocks), Mrkdwn.of(notification.summary(), SECTION_MAX));
    if (!notification.facts().isEmpty()) {
      fields(blocks, notification.facts());
    }
    context(blocks, notification);
    return message;
  }

  private static String headline(Notification notification) {
    return sign(notification) + " " + notification.title();
  }

  private static String sign(Notification notification) {
    return switch (notification.event()) {
      case TRIGGER ->
          notification.severity() == Notification.Severity.PAGE ? ":rotating_light:" : ":warning:";
      case ACKNOWLEDGE -> ":eyes:";
      case RESOLVE -> ":white_check_mark:";
      case UPDATE -> ":mag:";
    };
  }

  private static ObjectNode section(ArrayNode blocks) {
    return blocks.addObject().put("type", "section");
  }

  private static void mrkdwn(ObjectNode block, String text) {
    block.putObject("text").put("type", "mrkdwn").put("text", text);
  }

  private static void fields(ArrayNode blocks, List<Fact> facts) {
    ArrayNode fields = section(blocks).putArray("fields");
    for (Fact fact : facts.subList(0, Math.min(facts.size(), FIELDS_MAX))) {
      String text =
          "*%s*\n%s".formatted(Mrkdwn.of(fact.label(), 100), Mrkdwn.of(fact.value(), FIELD_MAX));
      fields.addObject().put("type", "mrkdwn").put("text", text);
    }
  }

  private static void context(ArrayNode blocks, Notification notification) {
    String links =
        notification.links().stream().map(Blocks::link).collect(Collectors.joining(" · "));
    String incident = "Incident " + Mrkdwn.of(notification.incident(), 100);
    String text =
        (links.isEmpty() ? incident : incident + " · " + links)
            + (notification.mayBeRepeat() ? " · may be a repeat" : "");
    ArrayNode elements = blocks.addObject().put("type", "context").putArray("elements");
    elements.addObject().put("type", "mrkdwn").put("text", text);
  }

  /** No button: Slack asks the app about its buttons, and a webhook has nobody who answers. */
  private static String link(Link link) {
    return "<%s|%s>".formatted(Mrkdwn.escaped(link.url().toString()), Mrkdwn.of(link.text(), 100));
  }
}
