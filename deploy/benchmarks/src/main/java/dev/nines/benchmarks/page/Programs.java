// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.BenchFailedException;
import dev.nines.benchmarks.Command;
import dev.nines.embedded.Cache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The peer's programs: on the PATH, or what {@code ./nines bench page --peer} fetched. */
record Programs(Path prometheus, Path promtool, Path alertmanager) {

  static Programs find() {
    return new Programs(
        find("prometheus", "prometheus"),
        find("prometheus", "promtool"),
        find("alertmanager", "prometheus-alertmanager"));
  }

  /** Of both, as they say it themselves. */
  String versions() {
    return version(prometheus) + ", " + version(alertmanager);
  }

  private static String version(Path program) {
    String said = Command.run(Path.of("/"), Map.of(), List.of(program.toString(), "--version"));
    return said.lines().findFirst().orElse("").replaceAll(" \\(.*", "");
  }

  private static Path find(String folder, String program) {
    Stream<Path> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .filter(entry -> !entry.isEmpty())
            .map(entry -> Path.of(entry, program));
    Path cached = Cache.folder().resolve(folder).resolve("usr/bin").resolve(program);
    return Stream.concat(path, Stream.of(cached))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new BenchFailedException("there is no program " + program));
  }
}
