// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which rate stands for a bucket. */
enum Measure {
  /** Of its busiest minute: capacity is bought for peaks. The same as the mean in short buckets. */
  PEAK,
  /** Of the whole bucket. */
  MEAN;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Measure> of(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
