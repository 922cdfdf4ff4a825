// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;

/** An ended span with the batch in which it leaves the shop. */
final class BatchedSpan extends DelegatingSpanData {

  static final AttributeKey<String> BATCH = AttributeKey.stringKey("shop.batch");

  private final Attributes attributes;

  BatchedSpan(SpanData span, String batch) {
    super(span);
    attributes = span.getAttributes().toBuilder().put(BATCH, batch).build();
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }
}
