// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.ProcessCpu;
import dev.nines.embedded.PortUse;
import dev.nines.embedded.Ports;
import dev.nines.embedded.ServerJvm;
import dev.nines.embedded.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One role of the built server, alone in its process with the settings of its delivery. */
final class NinesRole implements AutoCloseable {

  private final ServerProcess server;

  /**
   * Returns once it is ready.
   *
   * @param data its folder, where its state is
   * @param more properties beside role, folder and broker
   */
  NinesRole(Path home, Path data, String role, String kafka, Map<String, String> more) {
    Map<String, String> properties = new TreeMap<>(more);
    properties.put("nines.roles", role);
    properties.put("nines.data", data.toString());
    properties.put("nines.kafka.bootstrap-servers", kafka);
    server =
        ServerProcess.start(
            role,
            ServerJvm.jar(home),
            properties,
            List.of(new PortUse(Ports.free(), "health", "another try")),
            data.resolveSibling(role + ".out"));
  }

  long pid() {
    return server.pid();
  }

  /** User and system time that its process has taken. */
  double cpuSeconds() {
    try {
      return ProcessCpu.seconds(pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
