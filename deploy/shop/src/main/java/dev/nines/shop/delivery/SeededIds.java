// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.random.RandomGenerator;

/** Trace and span ids from a seeded source; zero, which means "no id", is never drawn. */
final class SeededIds implements IdGenerator {

  private final RandomGenerator random;

  SeededIds(RandomGenerator random) {
    this.random = random;
  }

  @Override
  public String generateTraceId() {
    return TraceId.fromLongs(nonZero(), nonZero());
  }

  @Override
  public String generateSpanId() {
    return SpanId.fromLong(nonZero());
  }

  private long nonZero() {
    long drawn = random.nextLong();
    return drawn == 0 ? 1 : drawn;
  }
}
