// SPDX-License-Identifier: Apache-2.0
package dev.nines.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SumKeyTest {

  @Test
  void bytesTellTheKeyAgain() {
    SumKey key =
        new SumKey('c', List.of("default/checkout", "", "gr\u00fc\u00dfe\u0000"), List.of(0L, 7L));
    assertThat(SumKey.read(key.bytes())).isEqualTo(key);
  }

  @Test
  void keysThatDifferInTheirLastNumberAreNeighbours() {
    List<byte[]> sorted =
        Stream.of(key("a", 1, 300), key("b", 1, 10), key("a", 2, 10), key("a", 1, 10))
            .map(SumKey::bytes)
            .sorted(Arrays::compareUnsigned)
            .toList();
    assertThat(sorted.stream().map(SumKey::read))
        .containsExactly(key("a", 1, 10), key("a", 1, 300), key("a", 2, 10), key("b", 1, 10));
  }

  private static SumKey key(String text, long line, long slice) {
    return new SumKey('c', List.of(text), List.of(line, slice));
  }

  /** Named as the rows of an API are; sums of hashes had a third as many. */
  @Test
  void keysThatDifferByDigitsAndInstantsHaveHashesOfTheirOwn() {
    Set<Integer> hashes = new HashSet<>();
    int keys = 0;
    for (int service = 0; service < 10; service++) {
      for (int operation = 0; operation < 100; operation++) {
        for (long slice = 1_795_832_000; slice < 1_795_832_120; slice += 10) {
          List<String> texts = List.of("service-" + service, "GET /api/v1/operation-" + operation);
          hashes.add(new SumKey('r', texts, List.of(slice)).hashCode());
          keys++;
        }
      }
    }
    assertThat(hashes).hasSizeGreaterThan(keys * 99 / 100);
  }
}
