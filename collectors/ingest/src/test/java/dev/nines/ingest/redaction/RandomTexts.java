// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Texts from pieces that are values, nearly values, and what stands between. */
final class RandomTexts implements Supplier<String> {

  private static final List<String> BETWEEN =
      List.of(
          "", "", " ", "-", ".", ",", ":", "=", "@", "+", "_", "/", "\"", "é", "漢字", "😀", "x", "a",
          "1", "\n");

  private static final List<String> PLAIN =
      List.of(
          "GET /cart",
          "checkout",
          "abc::def",
          "std::vector",
          "12:34:56",
          "aa:bb:cc:dd:ee:ff",
          "user@",
          "@host",
          "a@b",
          "Bearer ",
          "eyJ",
          "AKIA",
          "ghp_short",
          "2026-11-26 16:12:39",
          "1764173559123",
          "v1.2.3.4",
          "1.2.3",
          "256.1.1.1",
          "-----BEGIN CERTIFICATE-----",
          "\0");

  private final Random random;

  /** In how many of 100 pieces a value is planted. */
  private final int plantedPercent;

  RandomTexts(Random random, int plantedPercent) {
    this.random = random;
    this.plantedPercent = plantedPercent;
  }

  @Override
  public String get() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(random.nextInt(100) < plantedPercent ? value() : plain());
      text.append(BETWEEN.get(random.nextInt(BETWEEN.size())));
    }
    return text.toString();
  }

  private String plain() {
    return switch (random.nextInt(5)) {
      case 0 -> digits(1 + random.nextInt(24));
      case 1 -> new UUID(random.nextLong(), random.nextLong()).toString();
      case 2 -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
      case 3 -> Double.toString(random.nextDouble());
      default -> PLAIN.get(random.nextInt(PLAIN.size()));
    };
  }

  private String value() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> Long.toString(card(random, 13 + random.nextInt(6)));
      case 2, 3 -> grouped(Long.toString(card(random, random.nextBoolean() ? 16 : 15)));
      case 4 -> "jane.doe+tag@mail.example.com";
      case 5 -> "jürgen@例え.jp";
      case 6 -> random.nextInt(256) + "." + random.nextInt(256) + ".0." + random.nextInt(300);
      case 7 ->
          List.of("2001:db8::8:800", "::1", "fe80::1.", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1")
              .get(random.nextInt(5));
      default -> token();
    };
  }

  private String token() {
    return switch (random.nextInt(8)) {
      case 0 -> "AKIAIOSFODNN7EXAMPL" + (char) ('A' + random.nextInt(26));
      case 1 -> "ghp_" + "a1B2".repeat(9);
      case 2 -> "xoxb-123456789-abc";
      case 3 -> "sk_live_" + "Zz09".repeat(6);
      case 4 -> "eyJhbGciOiJI.eyJzdWIiOiIx.c2ln-_";
      case 5 -> "Bearer abcDEF.123-456~/+==";
      case 6 -> "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
      default -> "nines_" + "q-W_".repeat(8);
    };
  }

  /** Of a prefix that some network has, with Luhn's digit. */
  static long card(Random random, int digits) {
    String[] prefixes = {"4", "51", "37", "6011", "36", "3530", "62", "5018", "2201", "2221"};
    StringBuilder number = new StringBuilder(prefixes[random.nextInt(prefixes.length)]);
    while (number.length() < digits - 1) {
      number.append(random.nextInt(10));
    }
    for (int check = 0; check < 10; check++) {
      if (Oracle.luhn(number.toString() + check)) {
        return Long.parseLong(number.toString() + check);
      }
    }
    throw new IllegalStateException("no check digit fits");
  }

  private String grouped(String digits) {
    String gap = random.nextBoolean() ? " " : "-";
    return digits.length() == 15
        ? digits.substring(0, 4) + gap + digits.substring(4, 10) + gap + digits.substring(10)
        : digits.replaceAll("(.{4})(?!$)", "$1" + gap);
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }
}
