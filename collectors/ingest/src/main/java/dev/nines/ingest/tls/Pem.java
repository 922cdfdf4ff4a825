// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys in PEM files. Messages name the file and what it should hold. */
final class Pem {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

  private Pem() {}

  /**
   * @throws TlsException when the file cannot be read, or holds none
   */
  static X509Certificate[] certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      X509Certificate[] chain =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toArray(X509Certificate[]::new);
      if (chain.length == 0) {
        throw new TlsException(file + " holds no certificate in PEM form");
      }
      return chain;
    } catch (CertificateException e) {
      throw new TlsException(file + " holds no certificates in PEM form: " + e.getMessage());
    } catch (IOException e) {
      throw new TlsException("cannot read " + file + ": " + e);
    }
  }

  /**
   * @throws TlsException when the file cannot be read, or holds none
   */
  static PrivateKey key(Path file) {
    try {
      Matcher matcher = KEY.matcher(Files.readString(file, US_ASCII));
      if (!matcher.find()) {
        throw new TlsException(
            file + " holds no unencrypted key in PKCS#8 form (BEGIN PRIVATE KEY)");
      }
      return decoded(file, new PKCS8EncodedKeySpec(bytes(file, matcher.group(1))));
    } catch (IOException e) {
      throw new TlsException("cannot read " + file + ": " + e);
    }
  }

  private static byte[] bytes(Path file, String base64) {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new TlsException(file + " holds a key that is no Base64");
    }
  }

  /** The form does not say which kind of key it is before it is parsed: each is tried. */
  private static PrivateKey decoded(Path file, PKCS8EncodedKeySpec spec) {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        continue;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the JDK has no " + algorithm, e);
      }
    }
    throw new TlsException(file + " holds a key that is none of " + ALGORITHMS);
  }
}
