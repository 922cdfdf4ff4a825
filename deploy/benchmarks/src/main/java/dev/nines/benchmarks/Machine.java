// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What was measured, and where. */
public final class Machine {

  private static final String MODEL = "model name";

  private Machine() {}

  /** Processor, how many of it, kernel. */
  public static String name() {
    try {
      List<String> models =
          Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
              .filter(line -> line.startsWith(MODEL))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .toList();
      String model = models.isEmpty() ? System.getProperty("os.arch") : models.getFirst();
      String kernel = System.getProperty("os.version");
      return "%s, %d cores, Linux %s".formatted(model, models.size(), kernel);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the checkout; a plus says that files differ from it. */
  public static String commit(Path home) {
    if (!Files.exists(home.resolve(".git"))) {
      return "unknown";
    }
    return Command.run(
            home, Map.of(), List.of("git", "describe", "--always", "--exclude=*", "--dirty=+"))
        .strip();
  }
}
