// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which process may use which core, by taskset(1). Everything is started on the core of broker and
 * generator; a subject is then moved to one that it has for itself, so that JVM and Go runtime both
 * find one core when they start.
 */
final class Cores {

  static final int SUBJECT = 0;
  static final int OTHERS = 1;

  private Cores() {}

  /** This process, and what it starts from now on. */
  static void takeOthers() {
    if (Runtime.getRuntime().availableProcessors() < 2) {
      throw new BenchFailedException("two cores are needed: one of them for the subject alone");
    }
    move(ProcessHandle.current().pid(), Integer.toString(OTHERS));
  }

  /** What this process starts from now on may use both. */
  static void shareBoth() {
    move(ProcessHandle.current().pid(), SUBJECT + "," + OTHERS);
  }

  static void giveSubject(long pid) {
    move(pid, Integer.toString(SUBJECT));
  }

  /** All threads of the process; new ones stay where the thread is that starts them. */
  private static void move(long pid, String cores) {
    Command.run(
        Path.of("/"), Map.of(), List.of("taskset", "-a", "-c", "-p", cores, Long.toString(pid)));
  }
}
