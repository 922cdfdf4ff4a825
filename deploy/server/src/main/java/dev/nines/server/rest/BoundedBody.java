// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that did not say how long it is, read up to a limit. */
final class BoundedBody extends FilterInputStream {

  private final long max;
  private long read;

  BoundedBody(InputStream body, long max) {
    super(body);
    this.max = max;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int got = super.read(bytes, offset, length);
    count(Math.max(0, got));
    return got;
  }

  private void count(int bytes) {
    read += bytes;
    if (read > max) {
      throw RequestRules.tooLarge();
    }
  }
}
