// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import java.net.URI;

/**
 * Where a probe goes to.
 *
 * @param region of the target
 * @param address an http or https URL; {@code grpc://host:port} of a gRPC server
 */
public record Target(String region, URI address) {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /** A name or an address, an IPv6 one without its brackets. */
  public String host() {
    String host = address.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    if (address.getPort() > 0) {
      return address.getPort();
    }
    return address.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
  }
}
