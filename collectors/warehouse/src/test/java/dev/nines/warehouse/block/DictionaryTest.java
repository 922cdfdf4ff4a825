// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.block;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DictionaryTest {

  /** Short alphabets and all lengths around a word of eight bytes: most texts differ in little. */
  @Test
  void equalTextsHaveOneNumberAndOthersOneOfTheirOwn() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Dictionary dictionary = new Dictionary();
    for (int texts : List.of(50_000, 100, 50_000, 50_000)) {
      dictionary.clear(); // After the hundred it gives back what it does not use.
      Map<String, Integer> ids = new HashMap<>(Map.of("", 0));
      for (int i = 0; i < texts; i++) {
        byte[] text = new byte[random.nextInt(26)];
        for (int at = 0; at < text.length; at++) {
          text[at] = (byte) (random.nextInt(3) - 1);
        }
        int offset = random.nextInt(text.length + 1);
        int length = text.length - offset;
        int expected =
            ids.computeIfAbsent(new String(text, offset, length, ISO_8859_1), _ -> ids.size());
        int id =
            random.nextBoolean()
                ? dictionary.id(text, offset, length)
                : dictionary.idAfter(random.nextInt(dictionary.size()), text, offset, length);
        assertThat(id).as("seed %d", seed).isEqualTo(expected);
      }
      assertThat(dictionary.size()).isEqualTo(ids.size());
    }
  }

  @Test
  void oneOddBatchLeavesNothingBehindThatIsLarge() {
    Dictionary dictionary = new Dictionary();
    for (boolean manyWords : new boolean[] {true, false}) {
      byte[] text = new byte[manyWords ? 8 : 100_000];
      for (int i = 0; i < (manyWords ? 200_000 : 200); i++) {
        ByteBuffer.wrap(text).putInt(i);
        dictionary.id(text, 0, text.length);
      }
      assertThat(dictionary.capacityBytes()).isGreaterThan(4 << 20);
      dictionary.clear(); // It was full: the next batch may be as large.
      dictionary.id(text, 0, text.length);
      dictionary.clear();
      assertThat(dictionary.capacityBytes()).isLessThan(1 << 20);
    }
  }
}
