// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;

/**
 * Chain and host name are always verified: a probe that takes any certificate measures what no user
 * gets.
 *
 * @param caFile PEM certificates that are trusted in place of the platform's
 * @param certificateValidFor the server's certificate must be valid that long still
 */
public record TlsRules(Optional<Path> caFile, Optional<Duration> certificateValidFor) {

  public static final TlsRules DEFAULT = new TlsRules(Optional.empty(), Optional.empty());

  /**
   * Reads the file; the platform's own anchors when there is none.
   *
   * @throws GeneralSecurityException when it holds no certificate
   */
  public TrustManagerFactory trust() throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(caFile.isPresent() ? anchors(caFile.get()) : null);
    return factory;
  }

  private static KeyStore anchors(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream stream = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(stream);
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("holds no certificate");
      }
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
    }
    return store;
  }
}
