// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.email;

import dev.nines.channels.NetworkRules.Gate;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Optional;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/** Sockets of one delivery: each judges the address that it is about to connect to. */
final class GatedSockets extends SocketFactory implements Closeable {

  private final Gate gate;
  private @Nullable Socket open;
  private boolean closed;
  private volatile @Nullable String refusal;

  GatedSockets(Gate gate) {
    this.gate = gate;
  }

  /** Why a connection was not even tried. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public synchronized Socket createSocket() throws SocketException {
    if (closed) {
      throw new SocketException("too late");
    }
    open = new GatedSocket();
    return open;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return createSocket(host, port);
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Socket connected(SocketAddress address) throws IOException {
    Socket socket = createSocket();
    socket.connect(address);
    return socket;
  }

  private final class GatedSocket extends Socket {

    @Override
    public void connect(SocketAddress endpoint, int timeoutMillis) throws IOException {
      if (endpoint instanceof InetSocketAddress address && address.getAddress() != null) {
        Optional<String> why = gate.refusal(address.getAddress(), address.getPort());
        if (why.isPresent()) {
          refusal = why.get();
          throw new SocketException(why.get());
        }
      }
      super.connect(endpoint, timeoutMillis);
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      connect(endpoint, 0);
    }
  }
}
