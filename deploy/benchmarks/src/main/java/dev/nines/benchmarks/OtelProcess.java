// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.ChildProcess;
import dev.nines.embedded.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running OpenTelemetry Collector. */
final class OtelProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(30);

  private OtelProcess() {}

  /**
   * Starts one and waits until it serves.
   *
   * @param name of its files in the folder
   * @param config its configuration, YAML
   */
  static ChildProcess start(String name, Path program, Path folder, String config) {
    Path file = folder.resolve(name + ".yaml");
    try {
      Files.writeString(file, config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChildProcess process =
        ChildProcess.start(
            new Launch(
                name,
                List.of(program.toString(), "--config", "file:" + file),
                Map.of(),
                folder.resolve(name + ".out"),
                "Everything is ready",
                READY_WITHIN,
                Duration.ZERO));
    // It does not watch its standard input, as our own children do: Ctrl-C must reach it.
    Runtime.getRuntime().addShutdownHook(new Thread(process::kill, "stop-" + name));
    return process;
  }
}
