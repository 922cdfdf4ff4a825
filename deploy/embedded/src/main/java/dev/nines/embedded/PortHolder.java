// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who listens on a TCP port, by Linux's {@code /proc/net/tcp} (proc(5)); best effort. */
final class PortHolder {

  private static final String LISTEN = "0A";

  private PortHolder() {}

  static Optional<ProcessHandle> of(int port) {
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .flatMap(table -> lines(Path.of(table)).stream())
        .map(line -> line.strip().split("\\s+"))
        .filter(columns -> columns.length > 9 && columns[3].equals(LISTEN))
        .filter(columns -> columns[1].endsWith(":%04X".formatted(port)))
        .map(columns -> "socket:[" + columns[9] + "]")
        .flatMap(socket -> ProcessHandle.allProcesses().filter(process -> has(process, socket)))
        .findFirst();
  }

  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table);
    } catch (IOException e) {
      return List.of(); // Not Linux: the message does without the holder.
    }
  }

  private static boolean has(ProcessHandle process, String socket) {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + process.pid() + "/fd"))) {
      return descriptors.anyMatch(descriptor -> leadsTo(descriptor, socket));
    } catch (IOException e) {
      return false; // Another user's process, or it has just gone.
    }
  }

  private static boolean leadsTo(Path descriptor, String socket) {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(socket);
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }
}
