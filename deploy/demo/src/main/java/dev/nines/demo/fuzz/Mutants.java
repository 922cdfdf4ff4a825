// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.demo.fuzz.WireTree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Bodies by number: the same number and seed make the same body, so that any can be made again. */
final class Mutants {

  private static final List<String> JSON_PIECES =
      List.of(
          "null",
          "true",
          "{}",
          "[]",
          "\"\"",
          "\"NaN\"",
          "-1",
          "1e999",
          "9223372036854775808",
          "0.1",
          "\"\\ud800\"",
          "{\"a\":",
          "]",
          ",",
          "\"0\"",
          "18446744073709551615");

  private final Seeds seeds = new Seeds();
  private final long seed;

  /** What is sent, and where. */
  record Mutant(Door door, byte[] body) {}

  Mutants(long seed) {
    this.seed = seed;
  }

  Mutant number(long number) {
    Random random = new Random(seed * 0x9e3779b97f4a7c15L + number);
    random.nextInt(); // neighbours' first numbers are alike
    Door door = Door.values()[random.nextInt(Door.values().length)];
    byte[] original = any(random, seeds.of(door));
    byte[] body =
        switch (random.nextInt(20)) {
          case 0 -> original;
          case 1, 2, 3 -> scratched(random, original);
          default -> door.isJson() ? json(random, original) : wire(random, door, original);
        };
    return new Mutant(door, body);
  }

  private static byte[] any(Random random, List<byte[]> bodies) {
    return bodies.get(random.nextInt(bodies.size()));
  }

  private byte[] wire(Random random, Door door, byte[] original) {
    Optional<List<Node>> message = WireTree.parse(original);
    Optional<List<Node>> other = WireTree.parse(any(random, seeds.of(door)));
    message.ifPresent(nodes -> new WireMutation(random, other.orElseThrow()).change(nodes));
    return WireTree.encode(message.orElseThrow());
  }

  /** A value or a stretch gives way to another, or to none. */
  private static byte[] json(Random random, byte[] original) {
    StringBuilder text = new StringBuilder(new String(original, UTF_8));
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      List<Integer> starts = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        if (":[,{".indexOf(text.charAt(i)) >= 0) {
          starts.add(i + 1);
        }
      }
      int from = starts.isEmpty() ? 0 : starts.get(random.nextInt(starts.size()));
      int to = from;
      while (to < text.length() && ",]}".indexOf(text.charAt(to)) < 0) {
        to++;
      }
      String piece = JSON_PIECES.get(random.nextInt(JSON_PIECES.size()));
      text.replace(from, random.nextInt(5) == 0 ? from : to, random.nextInt(8) == 0 ? "" : piece);
    }
    return text.toString().getBytes(UTF_8);
  }

  /** Bytes, whatever they mean. */
  private static byte[] scratched(Random random, byte[] original) {
    byte[] body = original.clone();
    for (int changes = 1 + random.nextInt(5); changes > 0 && body.length > 0; changes--) {
      int at = random.nextInt(body.length);
      body[at] =
          (byte) (random.nextBoolean() ? random.nextInt() : body[at] ^ 1 << random.nextInt(8));
    }
    return random.nextInt(3) == 0 ? Arrays.copyOf(body, random.nextInt(body.length + 8)) : body;
  }
}
