// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.SortedMap;

/**
 * FNV-1a 64 over the sorted labels, {@code name 0xFF value 0xFF}, as 16 hex digits: the same number
 * that Prometheus and Alertmanager give.
 */
public final class Fingerprint {

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 0xFF;

  private Fingerprint() {}

  public static String of(SortedMap<String, String> labels) {
    long hash = OFFSET_BASIS;
    for (var label : labels.entrySet()) {
      hash = add(add(hash, label.getKey()), label.getValue());
    }
    return HexFormat.of().toHexDigits(hash);
  }

  private static long add(long start, String text) {
    long hash = start;
    for (byte b : text.getBytes(UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * PRIME;
    }
    return (hash ^ SEPARATOR) * PRIME;
  }
}
