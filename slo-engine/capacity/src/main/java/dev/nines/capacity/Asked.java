// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.time.Instant;

/**
 * What an answer is about.
 *
 * @param from of the first bucket; {@code to} is the end of the last
 */
public record Asked(String model, Instant from, Instant to, int stepSeconds, String measure) {

  static Asked of(String model, Buckets buckets, Measure measure) {
    return new Asked(model, buckets.from(), buckets.to(), buckets.step().seconds(), measure.word());
  }
}
