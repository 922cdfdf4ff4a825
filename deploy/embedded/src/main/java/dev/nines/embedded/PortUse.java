// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

/**
 * A TCP port on 127.0.0.1 that a child will listen on.
 *
 * @param use what the port is for, such as {@code OTLP over gRPC}
 * @param remedy how a person chooses another, such as {@code --otlp-grpc-port}
 */
public record PortUse(int port, String use, String remedy) {

  /** Refuses a start whose port somebody else holds. */
  public void requireFree() {
    if (Ports.isFree(port)) {
      return;
    }
    String holder =
        PortHolder.of(port)
            .map(process -> "process " + process.pid() + program(process))
            .orElse("another process");
    throw new StartFailedException(
        "port %d (%s) is taken by %s: stop it, or choose another port with %s"
            .formatted(port, use, holder, remedy));
  }

  private static String program(ProcessHandle process) {
    return process.info().command().map(command -> " (" + command + ")").orElse("");
  }
}
