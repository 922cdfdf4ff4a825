// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import dev.nines.shop.traffic.Region;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;

/**
 * The spans of one request to a collector. Exporting the same batch again makes the same body, byte
 * for byte (a test holds the SDK to that).
 *
 * @param id value of {@code shop.batch}, such as {@code eu-west-1-000042}
 */
record Batch(String id, Region region, List<SpanData> spans) {

  static Batch of(Region region, long number, List<SpanData> ended) {
    String id = "%s-%06d".formatted(region.id(), number);
    return new Batch(
        id, region, ended.stream().map(span -> (SpanData) new BatchedSpan(span, id)).toList());
  }

  long firstEndNanos() {
    return spans.stream().mapToLong(SpanData::getEndEpochNanos).min().orElseThrow();
  }

  long lastEndNanos() {
    return spans.stream().mapToLong(SpanData::getEndEpochNanos).max().orElseThrow();
  }
}
