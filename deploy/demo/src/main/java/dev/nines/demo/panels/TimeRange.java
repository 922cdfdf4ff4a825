// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.time.Duration;
import java.time.Instant;

/**
 * What a dashboard shows.
 *
 * @param interval of one point
 */
public record TimeRange(Instant from, Instant to, Duration interval) {

  TimeRange until(Instant end) {
    return new TimeRange(from, end, interval);
  }

  TimeRange by(Duration newInterval) {
    return new TimeRange(from, to, newInterval);
  }
}
