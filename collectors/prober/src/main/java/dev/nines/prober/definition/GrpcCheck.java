// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

/**
 * {@code grpc.health.v1.Health/Check}, which must answer {@code SERVING}.
 *
 * @param service empty for the server as a whole
 * @param plaintext without TLS
 */
public record GrpcCheck(String service, boolean plaintext, TlsRules tls) implements Probe.Check {

  @Override
  public String kind() {
    return "grpc";
  }
}
