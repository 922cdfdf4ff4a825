// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.internal.ClickHouseLZ4InputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

final class Lz4BlocksTest {
  private static final long SEED = 20_260_301;

  @Test
  void whatIsWrittenIsReadBackByUsAndByTheDriver() throws IOException {
    var random = new Random(SEED);
    for (var round = 0; round < 50; round++) {
      var bytes = mixed(random, random.nextInt(400_000));
      var blocks = compress(bytes);
      assertThat(new Lz4BlockInput(new ByteArrayInputStream(blocks)).readAllBytes())
          .as("seed %d, round %d", SEED, round)
          .isEqualTo(bytes);
      var decompressor = LZ4Factory.fastestInstance().fastDecompressor();
      try (var driver =
          new ClickHouseLZ4InputStream(new ByteArrayInputStream(blocks), decompressor, 64 << 10)) {
        assertThat(driver.readAllBytes()).as("seed %d, round %d", SEED, round).isEqualTo(bytes);
      }
    }
  }

  @Test
  void everyFlippedByteIsNoticed() throws IOException {
    var random = new Random(SEED);
    var blocks = compress(mixed(random, 300));
    for (var i = 0; i < blocks.length; i++) {
      var damaged = blocks.clone();
      damaged[i] ^= (byte) (1 + random.nextInt(255));
      assertThatThrownBy(() -> new Lz4BlockInput(new ByteArrayInputStream(damaged)).readAllBytes())
          .as("seed %d, byte %d", SEED, i)
          .isInstanceOfAny(EngineException.class, IOException.class);
    }
  }

  @Test
  void aStreamThatBreaksOffIsNoEnd() throws IOException {
    var blocks = compress(mixed(new Random(SEED), 300));
    for (var length = 1; length < blocks.length; length++) {
      var part = new ByteArrayInputStream(Arrays.copyOf(blocks, length));
      assertThatThrownBy(() -> new Lz4BlockInput(part).readAllBytes())
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aBlockThatClaimsGigabytesTakesNoMemory() {
    var header = new byte[25];
    Arrays.fill(header, 17, 25, (byte) 0x7f);
    header[16] = (byte) 0x82;
    assertThatThrownBy(() -> new Lz4BlockInput(new ByteArrayInputStream(header)).read())
        .isInstanceOfSatisfying(
            EngineException.class, e -> assertThat(e.code().number()).isEqualTo(271));
  }

  private static byte[] compress(byte[] bytes) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var blocks = new Lz4BlockOutput(out)) {
      blocks.write(bytes);
    }
    return out.toByteArray();
  }

  /** Half noise, half zeros, so that blocks both shrink and grow. */
  private static byte[] mixed(Random random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    Arrays.fill(bytes, length / 2, length, (byte) 0);
    return bytes;
  }
}
