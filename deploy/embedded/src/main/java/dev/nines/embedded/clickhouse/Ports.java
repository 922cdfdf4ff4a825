// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The two listening sockets on 127.0.0.1, bound before the engine starts so that a taken port shows
 * at once.
 */
record Ports(HttpServer full, HttpServer readOnly) {
  private static final int BACKLOG = 256;

  /** Throws {@link IllegalStateException} when a port is taken. */
  static Ports bind(int full, int readOnly) throws IOException {
    return new Ports(listen(full), listen(readOnly));
  }

  void close() {
    full.stop(0);
    readOnly.stop(0);
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
      return HttpServer.create(address, BACKLOG);
    } catch (BindException e) {
      throw new IllegalStateException("port %d is taken".formatted(port), e);
    }
  }
}
