// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

/**
 * What a tenant may always send, whatever others do.
 *
 * @param itemsPerSecond spans and data points
 * @param bytesPerSecond bytes of bodies after decompression
 */
public record Guarantee(long itemsPerSecond, long bytesPerSecond) {

  public Guarantee {
    if (itemsPerSecond < 1 || bytesPerSecond < 1) {
      throw new IllegalArgumentException("a guarantee is at least 1 item and 1 byte per second");
    }
  }
}
