// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that ends by itself. */
public final class Command {

  private Command() {}

  /**
   * What it printed on standard output; standard error goes to ours.
   *
   * @throws BenchFailedException when it is not there, or ends with another code than 0
   */
  public static String run(Path folder, Map<String, String> environment, List<String> words) {
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      int code = process.waitFor();
      if (code != 0) {
        throw new BenchFailedException(words.getFirst() + " ended with code " + code);
      }
      return printed;
    } catch (IOException e) {
      throw new BenchFailedException("cannot run " + words.getFirst() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchFailedException("interrupted while " + words.getFirst() + " ran");
    }
  }
}
