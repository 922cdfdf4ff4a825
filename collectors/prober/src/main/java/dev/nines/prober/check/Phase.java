// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import java.util.Locale;

/** What a run does, in order; over redirects, and over the addresses of a name, times add up. */
public enum Phase {
  DNS,
  CONNECT,
  TLS,
  /** From the request's head to the response's, or to the whole answer of an RPC. */
  FIRST_BYTE,
  BODY;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
