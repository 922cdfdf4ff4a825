// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * 128 bits that name a series: a hash of tenant, whole resource, scope, metric name, unit, type,
 * temporality, monotonic and the attributes of the point, whatever order they came in. Made by
 * {@link SeriesHash}. A description or a schema URL may change without making another series.
 */
public record SeriesId(long high, long low) {

  public static final int BYTES = 16;

  /** Reads what {@link #bytes} wrote. */
  public static SeriesId of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("series id of " + bytes.length + " bytes instead of 16");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new SeriesId(buffer.getLong(), buffer.getLong());
  }

  public byte[] bytes() {
    return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes());
  }
}
