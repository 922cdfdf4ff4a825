// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Sums;
import dev.nines.transport.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * 64 neighbouring cells of one rung. Stored form: a bit set of the cells that have events, then bad
 * and total of each as variable-length integers of 7 bits a byte; where some are uncertain, a bit
 * set of those cells follows, and the numbers.
 */
final class Chunk {

  private final long[] bad = new long[Rung.CHUNK_CELLS];
  private final long[] total = new long[Rung.CHUNK_CELLS];
  private final long[] uncertain = new long[Rung.CHUNK_CELLS];

  static Chunk read(byte @Nullable [] stored) {
    Chunk chunk = new Chunk();
    if (stored != null) {
      ByteBuffer buffer = ByteBuffer.wrap(stored);
      long present = buffer.getLong();
      for (int i = 0; i < Rung.CHUNK_CELLS; i++) {
        if (((present >>> i) & 1) == 1) {
          chunk.bad[i] = Varint.get(buffer);
          chunk.total[i] = Varint.get(buffer);
        }
      }
      chunk.readUncertain(buffer);
    }
    return chunk;
  }

  byte[] bytes() {
    ByteBuffer buffer = ByteBuffer.allocate(2 * Long.BYTES + 3 * Varint.LONGEST * Rung.CHUNK_CELLS);
    buffer.putLong(0);
    long present = 0;
    for (int i = 0; i < Rung.CHUNK_CELLS; i++) {
      if ((total[i] | bad[i]) != 0) {
        present |= 1L << i;
        Varint.put(buffer, bad[i]);
        Varint.put(buffer, total[i]);
      }
    }
    buffer.putLong(0, present);
    writeUncertain(buffer);
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** Capped: a point of a metric may claim any number of events. */
  void add(int index, long addedBad, long addedTotal, long addedUncertain) {
    bad[index] = Sums.capped(bad[index], addedBad);
    total[index] = Sums.capped(total[index], addedTotal);
    uncertain[index] = Sums.capped(uncertain[index], addedUncertain);
  }

  /** Of neighbouring cells. */
  CellSum sum(int first, int last) {
    CellSum sum = CellSum.ZERO;
    for (int i = first; i <= last; i++) {
      sum = sum.plus(new CellSum(bad[i], total[i], uncertain[i]));
    }
    return sum;
  }

  long bad(int index) {
    return bad[index];
  }

  long total(int index) {
    return total[index];
  }

  long uncertain(int index) {
    return uncertain[index];
  }

  private void readUncertain(ByteBuffer buffer) {
    long present = buffer.hasRemaining() ? buffer.getLong() : 0;
    for (int i = 0; i < Rung.CHUNK_CELLS; i++) {
      if (((present >>> i) & 1) == 1) {
        uncertain[i] = Varint.get(buffer);
      }
    }
  }

  private void writeUncertain(ByteBuffer buffer) {
    int at = buffer.position();
    long present = 0;
    buffer.putLong(0);
    for (int i = 0; i < Rung.CHUNK_CELLS; i++) {
      if (uncertain[i] != 0) {
        present |= 1L << i;
        Varint.put(buffer, uncertain[i]);
      }
    }
    if (present == 0) {
      buffer.position(at);
    } else {
      buffer.putLong(at, present);
    }
  }
}
