// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import org.testcontainers.containers.GenericContainer;

/** What a kit checks: an engine at an address, which can be killed and come back. */
interface Subject extends AutoCloseable {

  /** Bootstrap servers or JDBC URL. */
  String address();

  /** SIGKILL. */
  void kill();

  /** Starts again on the same data and address. */
  void restart();

  @Override
  void close();

  static Subject of(RestartableProcess process, String address) {
    return new Embedded(process, address);
  }

  static Subject of(GenericContainer<?> container, String address) {
    return new Container(container, address);
  }

  record Embedded(RestartableProcess process, String address) implements Subject {
    @Override
    public void kill() {
      process.kill();
    }

    @Override
    public void restart() {
      process.restart();
    }

    @Override
    public void close() {
      process.close();
    }
  }

  /** The host port is fixed, so that the address is the same after a restart. */
  record Container(GenericContainer<?> container, String address) implements Subject {
    @Override
    public void kill() {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
      container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
      container.stop();
    }
  }
}
