// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The OpenTelemetry SDK of JavaScript, installed from its lock file into {@code target}. */
final class JavaScriptSdk {

  private static final Path SOURCE = Path.of("src/test/js");
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", ".npmrc", "send.mjs");
  private static final int INSTALL_SECONDS = 240;
  private static final int SEND_SECONDS = 60;

  private final Path folder = Path.of("target/otlp-js").toAbsolutePath();

  /** Installs the packages unless those of this lock file are there. */
  JavaScriptSdk() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path installed = folder.resolve("installed-lock.json");
    boolean same =
        Files.exists(installed)
            && Files.mismatch(installed, SOURCE.resolve("package-lock.json")) < 0;
    for (String file : FILES) {
      Files.copy(SOURCE.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!same) {
      run(INSTALL_SECONDS, "npm", "ci", "--prefer-offline", "--no-progress");
      Files.copy(
          folder.resolve("package-lock.json"), installed, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Sends spans and metrics; what it prints says how many. */
  String send(String url, String token) throws IOException, InterruptedException {
    return run(SEND_SECONDS, "node", "send.mjs", url, token);
  }

  private String run(int seconds, String... command) throws IOException, InterruptedException {
    Path output = folder.resolve(command[0] + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(String.join(" ", command) + " took over " + seconds + " s");
    }
    String text = Files.readString(output, UTF_8).strip();
    if (process.exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed: " + text);
    }
    return text;
  }
}
