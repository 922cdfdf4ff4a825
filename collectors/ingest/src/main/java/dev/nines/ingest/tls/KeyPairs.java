// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether two keys are one pair: what the one signs, the other verifies. */
final class KeyPairs {

  private static final byte[] TEXT = "nines".getBytes(US_ASCII);

  private KeyPairs() {}

  static boolean fit(PublicKey open, PrivateKey secret) {
    try {
      Signature signature = Signature.getInstance(algorithm(secret));
      signature.initSign(secret);
      signature.update(TEXT);
      byte[] signed = signature.sign();
      signature.initVerify(open);
      signature.update(TEXT);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // they are of two kinds
    }
  }

  private static String algorithm(PrivateKey secret) {
    return switch (secret.getAlgorithm()) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> "Ed25519";
    };
  }
}
