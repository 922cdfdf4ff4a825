// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A decompressed body under the limit of its job and the bound on all bodies. What counts for the
 * bound is what is made of it: of a line, short as it may be, a sample with its labels, its series
 * and its point.
 */
final class BoundedBody extends FilterInputStream {

  /** Heap of what a line becomes, beside its text: 580 bytes were measured of a parsed sample. */
  private static final long LINE_BYTES = 1_000;

  /** Text is held as characters, in labels and in the request. */
  private static final long TEXT_FACTOR = 3;

  private final long limit;
  private final ByteBudget.Reservation room;
  private long read;
  private long lines;

  /** There is no room for more. */
  static final class NoRoom extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Over the job's limit. */
  static final class TooLong extends IOException {
    private static final long serialVersionUID = 1;
  }

  BoundedBody(InputStream body, long limit, ByteBudget.Reservation room) {
    super(body);
    this.limit = limit;
    this.room = room;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = super.read(into, offset, length);
    read += Math.max(count, 0);
    if (read > limit) {
      throw new TooLong();
    }
    for (int i = offset; i < offset + count; i++) {
      lines += into[i] == '\n' ? 1 : 0;
    }
    if (!room.resize(TEXT_FACTOR * read + LINE_BYTES * lines)) {
      throw new NoRoom();
    }
    return count;
  }
}
