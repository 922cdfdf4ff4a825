// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import java.util.Locale;

/** Why a check failed; {@code error.type} of its span and a label of our metrics. */
public enum Reason {
  /** The name has no address. */
  DNS,
  /** No connection: refused, no route. */
  CONNECT,
  /** No TLS session: chain, host name or protocol. */
  TLS,
  /** The certificate is good, but not for as long as the probe asks. */
  CERTIFICATE,
  /** The deadline of the run passed. */
  TIMEOUT,
  /** The connection broke, or what came is no HTTP. */
  CONNECTION,
  /** Another status than expected. */
  STATUS,
  /** The body lacks the text. */
  BODY,
  /** More redirects than allowed, or one that leads nowhere. */
  REDIRECTS,
  /** The RPC ended with another status than OK. */
  RPC,
  /** The service is known and does not serve. */
  NOT_SERVING;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
