// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.grpc.Decompressor;
import io.grpc.DecompressorRegistry;
import java.io.IOException;
import java.io.InputStream;

/** Bodies compressed by Zstandard (RFC 8878). */
final class Zstd {

  /** A frame may refer back 8 MiB, as RFC 9659 has it for HTTP: so much memory takes its window. */
  private static final int WINDOW_LOG_MAX = 23;

  private Zstd() {}

  static InputStream open(InputStream compressed) throws IOException {
    ZstdInputStreamNoFinalizer plain = new ZstdInputStreamNoFinalizer(compressed);
    plain.setLongMax(WINDOW_LOG_MAX);
    return plain;
  }

  /** The same for gRPC, which has a message whole before it decompresses it. */
  static DecompressorRegistry beside(DecompressorRegistry others) {
    Decompressor zstd =
        new Decompressor() {
          @Override
          public String getMessageEncoding() {
            return "zstd";
          }

          @Override
          public InputStream decompress(InputStream is) throws IOException {
            return open(is);
          }
        };
    return others.with(zstd, true);
  }
}
