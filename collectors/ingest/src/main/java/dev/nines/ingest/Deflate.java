// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The format of zlib (RFC 1950). One that names a dictionary is not taken for an empty body. */
final class Deflate extends InflaterInputStream {

  Deflate(InputStream compressed) {
    super(compressed);
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read < 0 && inf.needsDictionary()) {
      throw new ZipException("a dictionary is named, and none is known");
    }
    return read;
  }
}
