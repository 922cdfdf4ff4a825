// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands instead of a hashed value: 64 bits of HMAC-SHA256 over tenant, kind and value, in
 * letters, so that no digit of it is taken for a value again. Cards are hashed without their gaps,
 * addresses in lower case, so that one value has one hash however it is written.
 */
final class KeyedHash {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 8;

  private final SecretKeySpec key;

  KeyedHash(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  byte[] marker(String tenant, Kind kind, byte[] body, int from, int to) {
    String value = plain(kind, new String(body, from, to - from, ISO_8859_1));
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((tenant + "\0" + kind.word() + "\0").getBytes(UTF_8));
      return marker(kind, mac.doFinal(value.getBytes(ISO_8859_1)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static String plain(Kind kind, String value) {
    return switch (kind) {
      case CARD -> value.replace(" ", "").replace("-", "");
      case EMAIL, IP -> value.toLowerCase(Locale.ROOT);
      case TOKEN -> value;
    };
  }

  private static byte[] marker(Kind kind, byte[] hash) {
    StringBuilder text = new StringBuilder("[").append(kind.word()).append(':');
    for (int i = 0; i < BYTES; i++) {
      text.append((char) ('a' + (hash[i] >> 4 & 15))).append((char) ('a' + (hash[i] & 15)));
    }
    return text.append(']').toString().getBytes(US_ASCII);
  }
}
