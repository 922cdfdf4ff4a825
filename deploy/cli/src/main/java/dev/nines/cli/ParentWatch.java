// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Leaves with a parent that holds our standard input by a pipe. A terminal or {@code /dev/null} is
 * not watched, so that {@code up} runs in the background and as a service.
 */
final class ParentWatch {

  private static final Path STDIN = Path.of("/proc/self/fd/0");

  private ParentWatch() {}

  static void start(Runnable parentGone) throws IOException {
    if (Files.isSymbolicLink(STDIN)
        && Files.readSymbolicLink(STDIN).toString().startsWith("pipe:")) {
      Thread.ofPlatform().daemon().name("parent-watch").start(() -> awaitEnd(parentGone));
    }
  }

  private static void awaitEnd(Runnable parentGone) {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
    parentGone.run();
  }
}
