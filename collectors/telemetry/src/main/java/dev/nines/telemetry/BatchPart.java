// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.function.Supplier;

/**
 * One part of a batch.
 *
 * @param items its spans
 * @param content writes the body when asked, so that a large batch is not held twice
 */
public record BatchPart(int items, Supplier<byte[]> content) {

  /** An OTLP {@code ExportTraceServiceRequest}. */
  public byte[] body() {
    return content.get();
  }
}
