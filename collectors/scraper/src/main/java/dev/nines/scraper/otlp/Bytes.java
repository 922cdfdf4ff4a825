// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import dev.nines.telemetry.WireWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Encoded fields, compared by content; hashed once, as a resource is part of all its series. */
final class Bytes implements Comparable<Bytes> {

  private final byte[] array;
  private final int hash;

  private Bytes(byte[] array) {
    this.array = array;
    this.hash = Arrays.hashCode(array);
  }

  static Bytes of(WireWriter fields) {
    return new Bytes(fields.toBytes());
  }

  byte[] array() {
    return array;
  }

  WireWriter into(WireWriter message) {
    return message.encoded(array, 0, array.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Bytes bytes
            && hash == bytes.hash
            && Arrays.equals(array, bytes.array));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public int compareTo(Bytes other) {
    return this == other ? 0 : Arrays.compareUnsigned(array, other.array);
  }
}
