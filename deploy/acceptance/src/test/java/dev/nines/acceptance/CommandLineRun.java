// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that ends by itself: its exit code, and what it printed. */
record CommandLineRun(int exitCode, String printed) {

  /** {@code ./nines ARGUMENTS} without its shell script. */
  static CommandLineRun nines(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.nines.cli.Main"));
    command.addAll(List.of(arguments));
    return of(command, Map.of("NINES_HOME", Up.HERE.home().toString()));
  }

  static CommandLineRun of(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " did not end: " + printed);
    }
    return new CommandLineRun(process.exitValue(), printed);
  }
}
