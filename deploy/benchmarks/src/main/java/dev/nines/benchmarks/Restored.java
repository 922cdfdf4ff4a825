// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.time.Duration;
import java.util.Locale;

/**
 * A start after SIGKILL.
 *
 * @param bytes keys and values of the changelogs, as they were just before
 * @param away from the SIGKILL until the role was ready again
 * @param restoring the part of it since the process answered: it joined its group and restored
 */
record Restored(long bytes, Duration away, Duration restoring) {

  double megabytesPerSecond() {
    return bytes / 1e6 / Math.max(0.001, restoring.toMillis() / 1e3);
  }

  double awaySeconds() {
    return away.toMillis() / 1e3;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,.0f MB of changelogs, ready %.1f s after SIGKILL, %.1f s of them joining and restoring",
        bytes / 1e6,
        awaySeconds(),
        restoring.toMillis() / 1e3);
  }
}
