// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.Slice;
import dev.nines.telemetry.WireReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Finds texts and says whether they are UTF-8; copies none of them. */
final class TextReader {

  private final Slice slice = new Slice();
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer thrownAway = CharBuffer.allocate(256);

  /** The next field of the cursor; {@link Text#NONE} when it is no UTF-8. */
  long read(WireReader wire, String field) {
    wire.slice(slice, field);
    return isAscii() || isUtf8() ? Text.of(slice.offset(), slice.length()) : Text.NONE;
  }

  private boolean isAscii() {
    int or = 0;
    for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
      or |= slice.array()[i];
    }
    return or >= 0;
  }

  private boolean isUtf8() {
    ByteBuffer bytes = ByteBuffer.wrap(slice.array(), slice.offset(), slice.length());
    decoder.reset();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(bytes, thrownAway.clear(), true);
    }
    return !result.isError();
  }
}
