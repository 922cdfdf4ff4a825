// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

/** A certificate or key that cannot be used; its message is for who configured it. */
public final class TlsException extends RuntimeException {

  TlsException(String message) {
    super(message);
  }
}
