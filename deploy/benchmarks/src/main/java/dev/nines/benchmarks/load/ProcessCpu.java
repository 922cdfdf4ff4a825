// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** User and system time of a process and all its threads, from {@code /proc/PID/stat}; proc(5). */
public final class ProcessCpu {

  /** USER_HZ, which Linux on x86-64 has fixed for user space whatever the kernel's own tick is. */
  private static final double TICKS_PER_SECOND = 100;

  /** Fields utime and stime are 14 and 15, counted from 1; the state, after the name, is 3. */
  private static final int UTIME = 14 - 3;

  private ProcessCpu() {}

  public static double seconds(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    return seconds(Files.readString(stat, ISO_8859_1));
  }

  /** The name of the process stands in brackets and may itself hold blanks and brackets. */
  static double seconds(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1])) / TICKS_PER_SECOND;
  }
}
