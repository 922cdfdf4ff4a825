// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends after a number of bytes and remembers whether there were more. */
final class CappedInputStream extends FilterInputStream {

  private long left;
  private boolean exceeded;

  CappedInputStream(InputStream in, long maxBytes) {
    super(in);
    this.left = maxBytes;
  }

  boolean exceeded() {
    return exceeded;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      exceeded |= in.read() >= 0;
      return -1;
    }
    int read = in.read(buffer, offset, (int) Math.min(left, length));
    left -= Math.max(0, read);
    return read;
  }

  @Override
  public void close() {
    // The connection stays open for the answer.
  }
}
