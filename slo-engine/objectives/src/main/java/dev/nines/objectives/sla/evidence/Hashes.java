// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 in hex. */
public final class Hashes {

  private Hashes() {}

  public static String of(String text) {
    return of(text.getBytes(UTF_8));
  }

  static String of(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Of the contract's text and the SLO definitions that it speaks of. */
  public static String definition(String contractYaml, String definitionsJson) {
    return of(contractYaml + "\n" + definitionsJson);
  }
}
