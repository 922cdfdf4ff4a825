// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.role;

import dev.nines.ingest.tls.ServerTls;
import dev.nines.ingest.tls.TlsFiles;
import dev.nines.server.NinesConfig;
import java.time.InstantSource;
import java.util.Optional;

/** {@code nines.collector-tls.*} as the collectors take it. */
final class TlsSettings {

  private TlsSettings() {}

  /**
   * Empty where nothing is configured.
   *
   * @throws IllegalArgumentException when only a part of it is
   */
  static Optional<ServerTls> tls(NinesConfig.CollectorTls files, InstantSource clock) {
    boolean certificate = files.certificate().isPresent();
    if (certificate != files.key().isPresent()
        || (files.clientAuthorities().isPresent() && !certificate)) {
      throw new IllegalArgumentException(
          "nines.collector-tls needs certificate and key, and client-authorities only with them");
    }
    return files
        .certificate()
        .map(chain -> new TlsFiles(chain, files.key().orElseThrow(), files.clientAuthorities()))
        .map(chosen -> new ServerTls(chosen, clock));
  }
}
