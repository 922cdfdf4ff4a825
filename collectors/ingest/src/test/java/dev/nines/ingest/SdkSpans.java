// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;

/** Spans that the OpenTelemetry SDK itself made. */
final class SdkSpans implements SpanProcessor {

  private final List<SpanData> ended = new ArrayList<>();

  static List<SpanData> named(String prefix, int count) {
    SdkSpans spans = new SdkSpans();
    try (SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(spans).build()) {
      for (int i = 0; i < count; i++) {
        provider
            .get("shop")
            .spanBuilder(prefix + i)
            .startSpan()
            .setAttribute(AttributeKey.longKey("item"), i)
            .addEvent("paid")
            .end();
      }
    }
    return spans.ended;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    ended.add(span.toSpanData());
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }
}
