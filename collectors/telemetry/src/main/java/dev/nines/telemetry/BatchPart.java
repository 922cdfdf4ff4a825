// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.function.Supplier;

/**
 * One part of a batch.
 *
 * @param items its spans or data points
 * @param content writes the body when asked, so that a large batch is not held twice
 */
public record BatchPart(int items, Supplier<byte[]> content) {

  /** An OTLP request of the signal of its batch. */
  public byte[] body() {
    return content.get();
  }
}
