// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.postgres;

import dev.nines.embedded.StartFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Short commands that run to their end. */
final class Commands {

  private record Outcome(int exitCode, String output) {}

  private Commands() {}

  /** Runs a command that must succeed. */
  static void run(String what, List<String> command) {
    run(what, command, "");
  }

  /** Runs a command with the given standard input. */
  static void run(String what, List<String> command, String input) {
    Outcome outcome = outcome(command, input);
    if (outcome.exitCode() != 0) {
      throw new StartFailedException(
          "%s failed with exit code %d:\n%s".formatted(what, outcome.exitCode(), outcome.output()));
    }
  }

  static int exitCode(List<String> command) {
    return outcome(command, "").exitCode();
  }

  static String output(List<String> command) {
    return outcome(command, "").output();
  }

  static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /** A program that doesn't exist has the shell's exit code for that, 127. */
  private static Outcome outcome(List<String> command, String input) {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    }
    try (var stdout = process.getInputStream()) {
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      throw new StartFailedException(command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartFailedException(command.getFirst() + " was interrupted", e);
    }
  }
}
