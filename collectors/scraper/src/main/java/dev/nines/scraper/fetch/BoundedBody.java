// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A decompressed body under the limit of its job and the bound on all bodies. */
final class BoundedBody extends FilterInputStream {

  private final long limit;
  private final ByteBudget.Reservation room;
  private long read;

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
    if (!room.resize(read)) {
      throw new NoRoom();
    }
    return count;
  }
}
