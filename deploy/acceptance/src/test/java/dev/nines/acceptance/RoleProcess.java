// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import dev.nines.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./nines role NAME} in a folder of its own. */
record RoleProcess(Process process, URI url) implements AutoCloseable {

  private static final long LEAVE_SECONDS = 30;

  /**
   * @param settings {@code key=value}
   */
  static RoleProcess start(Path folder, String role, String... settings) throws IOException {
    int port = Ports.free();
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.nines.cli.Main"));
    command.addAll(List.of("role", role));
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("nines.data=" + folder.resolve(role));
    all.add("nines.watch-stdin=true"); // It ends with this JVM, however that ends.
    all.add("quarkus.http.port=" + port);
    all.forEach(setting -> command.addAll(List.of("--set", setting)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("NINES_HOME", Up.HERE.home().toString());
    builder.redirectOutput(folder.resolve(role + ".log").toFile());
    return new RoleProcess(builder.start(), URI.create("http://127.0.0.1:" + port));
  }

  /** SIGTERM, and until it is gone. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(LEAVE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the role does not leave");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
