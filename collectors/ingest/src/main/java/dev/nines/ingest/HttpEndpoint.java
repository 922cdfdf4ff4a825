// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** OTLP/HTTP and remote write on the JDK's server, a virtual thread per exchange. */
final class HttpEndpoint implements AutoCloseable {

  private static final int BACKLOG = 256;
  private static final int LAST_ANSWERS_SECONDS = 2;

  private final CollectorConfig config;
  private final Gate gate;
  private final CollectorHost host;
  private @Nullable HttpServer server;

  HttpEndpoint(CollectorConfig config, Gate gate, CollectorHost host) {
    this.config = config;
    this.gate = gate;
    this.host = host;
  }

  void start() {
    InetSocketAddress address = new InetSocketAddress(config.bindHost(), config.httpPort());
    try {
      HttpServer started = create(address);
      started.setExecutor(host.threads);
      started.createContext("/", new ExportHandler(gate, host));
      started.createContext(RemoteWriteHandler.PATH, new RemoteWriteHandler(gate, host));
      started.start();
      server = started;
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen for OTLP/HTTP on " + address, e);
    }
  }

  private HttpServer create(InetSocketAddress address) throws IOException {
    if (host.tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer secure = HttpsServer.create(address, BACKLOG);
    secure.setHttpsConfigurator(host.tls.http());
    return secure;
  }

  int port() {
    return server == null ? config.httpPort() : server.getAddress().getPort();
  }

  @Override
  public void close() {
    if (server != null) {
      server.stop(LAST_ANSWERS_SECONDS);
    }
  }
}
