// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Notices clients that hang up while their query runs. The JDK's HTTP server does not tell, so the
 * kernel is asked: a connection whose other side is closed stands in {@code /proc/self/net/tcp}
 * with state 08 (CLOSE_WAIT).
 */
final class ClientWatch {
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/self/net/tcp"), Path.of("/proc/self/net/tcp6"));
  private static final String CLOSE_WAIT = "08";

  private final Map<String, Connected> running = new ConcurrentHashMap<>();
  private final Consumer<String> gone;

  private record Connected(int localPort, int clientPort) {}

  /** The consumer gets the query id, again at every look until the query has ended. */
  ClientWatch(Consumer<String> gone) {
    this.gone = gone;
  }

  /** Ends the watch over one query. */
  interface Watched extends AutoCloseable {
    @Override
    void close();
  }

  /** Watches until closed. */
  Watched watch(String queryId, InetSocketAddress local, InetSocketAddress client) {
    running.put(queryId, new Connected(local.getPort(), client.getPort()));
    return () -> running.remove(queryId);
  }

  /** Looks once; costs nothing while no query runs. */
  void look() {
    if (running.isEmpty()) {
      return;
    }
    var closing = closing();
    running.forEach(
        (queryId, connected) -> {
          if (closing.contains(connected)) {
            gone.accept(queryId);
          }
        });
  }

  private static Set<Connected> closing() {
    var found = new HashSet<Connected>();
    for (var table : TABLES) {
      try (var lines = Files.lines(table)) {
        lines.skip(1).map(line -> line.strip().split("\\s+")).forEach(row -> add(row, found));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found;
  }

  /** Columns: slot, local address:port, remote address:port, state; ports in hexadecimal. */
  private static void add(String[] row, Set<Connected> found) {
    if (row[3].equals(CLOSE_WAIT)) {
      found.add(new Connected(port(row[1]), port(row[2])));
    }
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
  }
}
