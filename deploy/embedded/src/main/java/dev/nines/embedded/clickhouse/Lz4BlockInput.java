// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static dev.nines.embedded.clickhouse.Lz4BlockOutput.CHECKSUM_BYTES;
import static dev.nines.embedded.clickhouse.Lz4BlockOutput.HEADER_BYTES;
import static dev.nines.embedded.clickhouse.Lz4BlockOutput.LZ4;

import com.clickhouse.data.ClickHouseCityHash;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Reads the blocks that {@link Lz4BlockOutput} describes, checksums verified, sizes bounded. */
final class Lz4BlockInput extends InputStream {
  /** Clients write blocks of at most 1 MiB; one above this is refused before memory is taken. */
  private static final int MAX_BLOCK_BYTES = 16 << 20;

  private final InputStream in;
  private final LZ4SafeDecompressor decompressor = LZ4Factory.fastestInstance().safeDecompressor();
  private final byte[] header = new byte[CHECKSUM_BYTES + HEADER_BYTES];
  private byte[] compressed = new byte[0];
  private byte[] raw = new byte[0];
  private int position;
  private int limit;

  Lz4BlockInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return position < limit || readBlock() ? raw[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (position == limit && !readBlock()) {
      return -1;
    }
    var part = Math.min(length, limit - position);
    System.arraycopy(raw, position, target, offset, part);
    position += part;
    return part;
  }

  /** False at the end of the stream; blocks without data are passed over. */
  private boolean readBlock() throws IOException {
    do {
      var got = in.readNBytes(header, 0, header.length);
      if (got == 0) {
        return false;
      }
      if (got < header.length) {
        throw new EOFException("compressed body ends within a block header");
      }
      decompress(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN));
    } while (limit == 0);
    return true;
  }

  private void decompress(ByteBuffer block) throws IOException {
    if (block.get(CHECKSUM_BYTES) != LZ4) {
      throw EngineException.notOffered(
          "request compression with method byte 0x%02x (offered: LZ4, 0x82)"
              .formatted(block.get(CHECKSUM_BYTES)));
    }
    var size = block.getInt(CHECKSUM_BYTES + 1);
    var rawSize = block.getInt(CHECKSUM_BYTES + 5);
    if (size < HEADER_BYTES || size > MAX_BLOCK_BYTES || rawSize < 0 || rawSize > MAX_BLOCK_BYTES) {
      throw new EngineException(
          ErrorCode.CANNOT_DECOMPRESS,
          "Block of %d bytes, %d before compression; limit %d"
              .formatted(size, rawSize, MAX_BLOCK_BYTES));
    }
    readData(size);
    verify(block, size);
    raw = raw.length < rawSize ? new byte[rawSize] : raw;
    limit = inflate(size, rawSize);
    position = 0;
  }

  private void readData(int size) throws IOException {
    compressed = compressed.length < size ? new byte[size] : compressed;
    System.arraycopy(header, CHECKSUM_BYTES, compressed, 0, HEADER_BYTES);
    if (in.readNBytes(compressed, HEADER_BYTES, size - HEADER_BYTES) < size - HEADER_BYTES) {
      throw new EOFException("compressed body ends within a block");
    }
  }

  @SuppressWarnings("deprecation") // The only CityHash 1.0.2 there is; the driver itself uses it.
  private void verify(ByteBuffer block, int size) {
    var checksum = ClickHouseCityHash.cityHash128(compressed, 0, size);
    if (checksum[0] != block.getLong(0) || checksum[1] != block.getLong(8)) {
      throw new EngineException(
          ErrorCode.CHECKSUM_DOESNT_MATCH, "Checksum doesn't match: corrupted data");
    }
  }

  private int inflate(int size, int rawSize) {
    try {
      var length =
          decompressor.decompress(compressed, HEADER_BYTES, size - HEADER_BYTES, raw, 0, rawSize);
      if (length == rawSize) {
        return length;
      }
    } catch (LZ4Exception e) {
      throw new EngineException(ErrorCode.CANNOT_DECOMPRESS, "Cannot decompress: " + e);
    }
    throw new EngineException(ErrorCode.CANNOT_DECOMPRESS, "Block shorter than its header says");
  }
}
