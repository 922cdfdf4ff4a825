// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.util.Locale;

/**
 * A backlog that a process worked off.
 *
 * @param items spans or records
 * @param unit of them, for people
 */
record Drained(long items, String unit, double cpuSeconds, double wallSeconds) {

  /** From the moment when a backlog is there to see until its group has committed all of it. */
  static Drained of(NinesRole role, Backlog backlog, long items, String unit) {
    double cpuBefore = role.cpuSeconds();
    long began = System.nanoTime();
    backlog.show();
    backlog.awaitDrained();
    double wallSeconds = (System.nanoTime() - began) / 1e9;
    return new Drained(items, unit, role.cpuSeconds() - cpuBefore, wallSeconds);
  }

  double perCpuSecond() {
    return items / cpuSeconds;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,9.0f %s/CPU-s, %,8.0f %s/s",
        perCpuSecond(),
        unit,
        items / wallSeconds,
        unit);
  }
}
