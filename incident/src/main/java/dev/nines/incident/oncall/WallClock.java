// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;

/**
 * Local times of a zone as instants. A local time that does not exist (clocks go forward) is the
 * first instant that does. One that comes twice (clocks go back) is the first of both for a start,
 * the second for an end, so that no hole opens between an end and a start.
 */
record WallClock(ZoneId zone) {

  /** Grows with the local time. */
  Instant start(LocalDateTime local) {
    return instant(local, 0);
  }

  Instant end(LocalDateTime local) {
    return instant(local, 1);
  }

  LocalDateTime at(Instant instant) {
    return LocalDateTime.ofInstant(instant, zone);
  }

  private Instant instant(LocalDateTime local, int wanted) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      ZoneOffsetTransition gap = zone.getRules().getTransition(local);
      return gap.getInstant();
    }
    return local.toInstant(offsets.get(Math.min(wanted, offsets.size() - 1)));
  }
}
