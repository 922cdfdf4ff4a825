// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** The last so many seconds. */
public record RollingWindow(Duration length) implements TimeWindow {

  static RollingWindow parse(String text) {
    try {
      return new RollingWindow(Duration.parse(text));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no length of ISO 8601: " + text, e);
    }
  }

  @Override
  public long fromMillis(long atMillis) {
    return atMillis - length.toMillis();
  }

  @Override
  public long endMillis(long atMillis) {
    return atMillis;
  }

  @Override
  public Duration longest() {
    return length;
  }

  @Override
  public Duration shortest() {
    return length;
  }

  @Override
  public boolean onHours() {
    return true;
  }

  @Override
  public String text() {
    return length.toString();
  }
}
