// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./nines role NAME} beside a platform; it may be killed and started again. */
public final class RoleProcess implements Closeable {

  private final Installation nines;
  private final String role;
  private final Path folder;
  private final List<String> command;
  private final int healthPort;
  private Child process;

  /**
   * @param settings {@code key=value}, beside its folder, its port and the broker
   */
  public RoleProcess(
      Installation nines, Platform platform, Path folder, String role, List<String> settings)
      throws IOException {
    this.nines = nines;
    this.role = role;
    this.folder = Files.createDirectories(folder);
    healthPort = platform.freePort();
    List<String> all = new ArrayList<>(settings);
    all.add("nines.data=" + folder);
    all.add("nines.kafka.bootstrap-servers=" + platform.kafka());
    all.add("nines.watch-stdin=true");
    all.add("quarkus.http.port=" + healthPort);
    List<String> arguments = new ArrayList<>(List.of("role", role));
    all.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    command = nines.nines(arguments.toArray(String[]::new));
    process = launch();
  }

  private Child launch() throws IOException {
    return Child.startQuietly(command, nines.home(), folder.resolve(role + ".log"));
  }

  public URI health() {
    return URI.create("http://127.0.0.1:" + healthPort);
  }

  /** SIGKILL. */
  public void kill() {
    process.kill();
  }

  public void restart() throws IOException {
    process = launch();
  }

  @Override
  public void close() {
    process.close();
  }
}
