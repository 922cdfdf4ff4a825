// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Tokens are {@code nines_} and 256 random bits; only their SHA-256 is kept. */
final class TokenHash {

  static final String PREFIX = "nines_";
  private static final int ID_LENGTH = 16;

  private TokenHash() {}

  static String newToken(SecureRandom random) {
    byte[] bits = new byte[32];
    random.nextBytes(bits);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /** Hex, of the UTF-8 bytes. */
  static String of(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Names a token without telling it: 64 bits of its hash. */
  static String id(String hash) {
    return hash.substring(0, ID_LENGTH);
  }
}
