// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import com.clickhouse.data.ClickHouseCityHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * ClickHouse's compressed stream: blocks of a 16-byte CityHash128 (v1.0.2) over the rest, a method
 * byte, the size with these 9 header bytes, the size before compression (both 32 bits, little
 * endian), and LZ4 data.
 */
final class Lz4BlockOutput extends OutputStream {
  static final int CHECKSUM_BYTES = 16;
  static final int HEADER_BYTES = 9;
  static final byte LZ4 = (byte) 0x82;
  private static final int BLOCK_BYTES = 64 * 1024;

  private final OutputStream out;
  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
  private final byte[] raw = new byte[BLOCK_BYTES];
  private final byte[] block =
      new byte[CHECKSUM_BYTES + HEADER_BYTES + compressor.maxCompressedLength(BLOCK_BYTES)];
  private int filled;

  Lz4BlockOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      var part = Math.min(length - done, BLOCK_BYTES - filled);
      System.arraycopy(bytes, offset + done, raw, filled, part);
      filled += part;
      done += part;
      if (filled == BLOCK_BYTES) {
        writeBlock();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (filled > 0) {
      writeBlock();
    }
  }

  @SuppressWarnings("deprecation") // The only CityHash 1.0.2 there is; the driver itself uses it.
  private void writeBlock() throws IOException {
    var data = CHECKSUM_BYTES + HEADER_BYTES;
    var compressed = compressor.compress(raw, 0, filled, block, data) + HEADER_BYTES;
    var buffer = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(CHECKSUM_BYTES, LZ4);
    buffer.putInt(CHECKSUM_BYTES + 1, compressed).putInt(CHECKSUM_BYTES + 5, filled);
    var checksum = ClickHouseCityHash.cityHash128(block, CHECKSUM_BYTES, compressed);
    buffer.putLong(0, checksum[0]).putLong(8, checksum[1]);
    out.write(block, 0, CHECKSUM_BYTES + compressed);
    filled = 0;
  }
}
