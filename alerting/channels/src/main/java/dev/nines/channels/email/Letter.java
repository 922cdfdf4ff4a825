// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.email;

import dev.nines.channels.Notification;
import dev.nines.channels.Text;
import java.util.stream.Collectors;

/** A notification as mail. The subject stays the same, the first line says what is new. */
final class Letter {

  private static final int SUBJECT_MAX = 200;

  private Letter() {}

  static String subject(Notification notification) {
    String title = notification.title().replaceAll("\\p{Cntrl}+", " ");
    return "[Nines] %s, incident %s"
        .formatted(Text.cut(title, SUBJECT_MAX), notification.incident());
  }

  static String plain(Notification notification) {
    String facts =
        notification.facts().stream()
            .map(fact -> fact.label() + ": " + fact.value())
            .collect(Collectors.joining("\n"));
    String links =
        notification.links().stream()
            .map(link -> link.text() + ": " + link.url())
            .collect(Collectors.joining("\n"));
    return "%s%n%s%n%s%n%n%s%n"
        .formatted(notification.summary(), repeat(notification), facts, links)
        .replace("\n", "\r\n")
        .replace("\r\r", "\r");
  }

  static String html(Notification notification) {
    String facts =
        notification.facts().stream()
            .map(
                fact ->
                    "<tr><td style=\"padding-right:1em;color:#666\">%s</td><td>%s</td></tr>"
                        .formatted(escaped(fact.label()), escaped(fact.value())))
            .collect(Collectors.joining());
    String links =
        notification.links().stream()
            .map(
                link ->
                    "<a href=\"%s\">%s</a>"
                        .formatted(escaped(link.url().toString()), escaped(link.text())))
            .collect(Collectors.joining(" · "));
    return """
        <!DOCTYPE html><html><body style="font-family:sans-serif">
        <p><b>%s</b></p><p>%s</p><table>%s</table><p>%s</p></body></html>
        """
        .formatted(escaped(notification.summary()), repeat(notification), facts, links);
  }

  private static String repeat(Notification notification) {
    return notification.mayBeRepeat() ? "This may be a repeat.\n" : "";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
