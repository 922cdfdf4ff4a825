// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a person sees while the demo runs: events as lines, the present as one line below them. */
final class Screen {

  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream out;
  private final boolean terminal;
  private final Instant start;
  private String status = "";

  Screen(PrintStream out, boolean terminal, Instant start) {
    this.out = out;
    this.terminal = terminal;
    this.start = start;
  }

  /** Something happened. */
  synchronized void event(String mark, String text) {
    out.print(terminal ? CLEAR_LINE : "");
    out.printf("  %s  %s %s%n", clock(Instant.now()), coloured(mark), text);
    redraw();
  }

  /** How things stand; replaces what was there. On a plain file it is left out. */
  synchronized void status(String text) {
    status = text;
    redraw();
  }

  synchronized void title(String text) {
    status = "";
    out.printf("%s%n%s%n%n", terminal ? CLEAR_LINE : "", text);
  }

  synchronized void lines(List<String> lines) {
    out.print(terminal ? CLEAR_LINE : "");
    lines.forEach(out::println);
    status = "";
  }

  private String coloured(String mark) {
    int colour =
        switch (mark) {
          case "✗", "☠" -> 31;
          case "✓", "▶" -> 32;
          case "☎" -> 33;
          default -> 36;
        };
    return terminal ? "\u001b[" + colour + "m" + mark + "\u001b[0m" : mark;
  }

  private void redraw() {
    if (terminal && !status.isEmpty()) {
      out.print(CLEAR_LINE + "  " + status);
      out.flush();
    }
  }

  private String clock(Instant now) {
    long seconds = Duration.between(start, now).toSeconds();
    return "%02d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
