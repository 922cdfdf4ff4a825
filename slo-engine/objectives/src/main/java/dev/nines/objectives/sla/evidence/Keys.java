// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** Ed25519 signatures (RFC 8032) and public keys as PEM (RFC 7468). */
public final class Keys {

  public static final String ALGORITHM = "Ed25519";

  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
  private static final String END = "-----END PUBLIC KEY-----\n";

  private Keys() {}

  public static String pem(PublicKey key) {
    return BEGIN + Base64.getEncoder().encodeToString(key.getEncoded()) + "\n" + END;
  }

  /** SHA-256 of the key: what two people compare. */
  public static String fingerprint(PublicKey key) {
    return Hashes.of(key.getEncoded());
  }

  /** Empty unless the text is a key exactly as {@link #pem} writes it. */
  public static Optional<PublicKey> read(String pem) {
    try {
      String body = pem.replace(BEGIN, "").replace(END, "").strip();
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
      return pem(key).equals(pem) ? Optional.of(key) : Optional.empty();
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** One line of Base64. */
  static String sign(PrivateKey key, String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign()) + "\n";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + ALGORITHM, e);
    }
  }

  static boolean verify(PublicKey key, String text, String signed) {
    try {
      byte[] bytes = Base64.getDecoder().decode(signed.strip());
      boolean canonical = (Base64.getEncoder().encodeToString(bytes) + "\n").equals(signed);
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(text.getBytes(UTF_8));
      return canonical
          && signed.getBytes(US_ASCII).length == signed.length()
          && signature.verify(bytes);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
