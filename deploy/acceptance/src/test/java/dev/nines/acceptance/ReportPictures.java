// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The customer's report as a browser and a printer show it, for a person to look at. */
final class ReportPictures {

  private static final Path FOLDER =
      Path.of(System.getProperty("nines.root"), "deploy/acceptance/target/sla");

  private ReportPictures() {}

  /** Copies the files there and draws HTML and PDF; the pictures. */
  static List<Path> draw(List<String> files) throws IOException {
    Files.createDirectories(FOLDER);
    for (String file : files) {
      Path name = Path.of(file).getFileName();
      Path copy = FOLDER.resolve(name);
      Files.copy(Path.of(file), copy, StandardCopyOption.REPLACE_EXISTING);
      if (file.endsWith(".html")) {
        run(
            "chromium",
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--window-size=1000,2300",
            "--screenshot=" + FOLDER.resolve("report-html.png"),
            copy.toUri().toString());
      } else if (file.endsWith(".pdf")) {
        String prefix = FOLDER.resolve("report-pdf").toString();
        run("pdftoppm", "-r", "80", "-png", copy.toString(), prefix);
      }
    }
    try (Stream<Path> drawn = Files.list(FOLDER)) {
      return drawn.filter(file -> file.toString().endsWith(".png")).sorted().toList();
    }
  }

  private static void run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(FOLDER.resolve(command[0] + ".log").toFile())
            .start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(List.of(command) + " failed, see " + FOLDER);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
