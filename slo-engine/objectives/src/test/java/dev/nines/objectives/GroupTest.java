// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupTest {

  @Test
  void namesAreClean() {
    assertThat(Group.of("acme")).isEqualTo("acme");
    assertThat(Group.of(" Acme\u0000 & Co\r\n")).isEqualTo("Acme  & Co");
    assertThat(Group.of("\t ")).isEqualTo(Group.NONE);
    assertThat(Group.of("")).isEqualTo(Group.NONE);
    assertThat(Group.of("a".repeat(126) + " " + "b".repeat(9))).isEqualTo("a".repeat(126) + " b");
    assertThat(Group.of("a".repeat(127) + " b")).isEqualTo("a".repeat(127));
    assertThat(Group.of("a".repeat(127) + "😀")).isEqualTo("a".repeat(127));
  }

  /** A contract's group is compared with what counts call it. */
  @Test
  void aNameStaysAsItIs() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(200), 0, 0x300)
          .map(point -> random.nextInt(50) == 0 ? 0x1F600 : point)
          .forEach(text::appendCodePoint);
      String name = Group.of(text.toString());
      assertThat(Group.of(name)).isEqualTo(name);
      assertThat(name.length()).isBetween(1, Group.CHARACTERS_MAX);
    }
  }
}
