// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.http;

import dev.nines.channels.NetworkRules.Gate;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/** Resolves a host to those of its addresses that the gate lets through. */
final class GatedResolver extends SystemDefaultDnsResolver {

  private final Gate gate;
  private final int port;
  private volatile boolean closed;

  GatedResolver(Gate gate, URI url) {
    this.gate = gate;
    this.port = port(url);
  }

  /** No address is left. */
  static final class Forbidden extends UnknownHostException {
    Forbidden(String why) {
      super(why);
    }
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] all = super.resolve(host);
    if (closed) {
      throw new UnknownHostException(host + " was resolved too late");
    }
    InetAddress[] open =
        Arrays.stream(all)
            .filter(address -> gate.refusal(address, port).isEmpty())
            .toArray(InetAddress[]::new);
    if (open.length == 0) {
      throw new Forbidden(gate.refusal(all[0], port).orElse(host));
    }
    return open;
  }

  /** A name that takes longer than its request has leads nowhere. */
  void close() {
    closed = true;
  }

  private static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
  }
}
