// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.load.ProcessCpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** What processes used of the cores since it was made. */
final class Cpu {

  private final List<Long> pids;
  private final double secondsBefore;
  private final long began = System.nanoTime();

  Cpu(Collection<Long> pids) {
    this.pids = List.copyOf(pids);
    this.secondsBefore = seconds();
  }

  private double seconds() {
    double seconds = 0;
    try {
      for (long pid : pids) {
        seconds += ProcessCpu.seconds(pid);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return seconds;
  }

  @Override
  public String toString() {
    double wall = (System.nanoTime() - began) / 1e9;
    return String.format(Locale.ROOT, "%.2f cores", (seconds() - secondsBefore) / wall);
  }
}
