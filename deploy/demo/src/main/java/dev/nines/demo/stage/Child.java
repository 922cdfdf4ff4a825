// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the demo; it leaves when its standard input ends, so none outlives the director. */
final class Child implements Closeable {

  private final Process process;

  private Child(Process process) {
    this.process = process;
  }

  static Child start(List<String> command, Path home, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("NINES_HOME", home.toString()));
    builder.redirectError(log.toFile());
    return new Child(builder.start());
  }

  /** What one of before wrote into the log stays. */
  static Child startQuietly(List<String> command, Path home, Path log) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("NINES_HOME", home.toString()));
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    return new Child(builder.start());
  }

  Process process() {
    return process;
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    await(10);
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // It is gone already.
    }
    if (!await(20)) {
      kill();
    }
  }

  boolean await(long seconds) {
    try {
      return process.waitFor(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
