// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import dev.nines.telemetry.WireWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Encoded fields, compared by content. */
record Bytes(byte[] array) {

  static Bytes of(WireWriter fields) {
    return new Bytes(fields.toBytes());
  }

  WireWriter into(WireWriter message) {
    return message.encoded(array, 0, array.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(array);
  }
}
