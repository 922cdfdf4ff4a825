// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.nines.shop.delivery.BatchLine;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code exports.jsonl}; events are those of batches of spans.
 *
 * @param atNanos when it happened, nanoseconds since 1970
 * @param reason why there is no acknowledgement; with the unknown only
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportLine(
    String export,
    String region,
    BatchLine.Event event,
    long atNanos,
    int points,
    @Nullable String reason) {

  static ExportLine of(
      BatchLine.Event event, Export export, long atNanos, @Nullable String reason) {
    return new ExportLine(
        export.id(), export.region().id(), event, atNanos, export.points(), reason);
  }
}
