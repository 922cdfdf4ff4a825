// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.Command;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The past of services as blocks of a Prometheus, made by {@code promtool}. */
final class History {

  private static final String FILE = "history.om";
  private static final String DATA = "data";

  private final Path promtool;

  History(Path promtool) {
    this.promtool = promtool;
  }

  /**
   * Fills the folder {@code data} of a Prometheus that was never started.
   *
   * @param from epoch milliseconds, and so {@code to}
   */
  void fill(
      Path folder,
      Exposition exposition,
      List<Service> services,
      Setting setting,
      long from,
      long to)
      throws IOException {
    Files.createDirectories(folder.resolve(DATA));
    Path file = folder.resolve(FILE);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("# TYPE http_requests counter\n");
      for (Service service : services) {
        for (long at = from; at < to; at += setting.historySeconds() * 1_000L) {
          out.write(exposition.at(service, at, " " + seconds(at)));
        }
      }
      out.write("# EOF\n");
    }
    Command.run(
        folder,
        Map.of(),
        List.of(
            promtool.toString(),
            "tsdb",
            "create-blocks-from",
            "openmetrics",
            "--quiet",
            FILE,
            DATA));
    Files.delete(file);
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, "%d.%03d", millis / 1_000, millis % 1_000);
  }
}
