// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** Ended spans on their way out, 2,048 at most; what comes above is dropped and counted. */
final class BoundedSpans implements SpanProcessor {

  static final int BOUND = 2_048;

  private static final int BATCH = 512;
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final AtomicInteger waiting = new AtomicInteger();
  private final Counter spans;
  private final SpanProcessor batches;

  BoundedSpans(SpanExporter exporter, CollectorRegistry registry) {
    spans =
        Counter.build("nines_traces_spans_total", "Spans of the platform itself, by outcome")
            .labelNames("outcome")
            .register(registry);
    spans.labels("dropped");
    spans.labels("exported");
    spans.labels("failed");
    batches =
        BatchSpanProcessor.builder(new Counted(exporter))
            .setMaxQueueSize(2 * BOUND)
            .setMaxExportBatchSize(BATCH)
            .setScheduleDelay(EVERY)
            .setExporterTimeout(TIMEOUT)
            .build();
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {
    // Only what has ended leaves.
  }

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (waiting.incrementAndGet() > BOUND) {
      waiting.decrementAndGet();
      spans.labels("dropped").inc();
    } else {
      batches.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode shutdown() {
    return batches.shutdown();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return batches.forceFlush();
  }

  /** Counts what leaves, and how. */
  private final class Counted implements SpanExporter {

    private final SpanExporter exporter;

    Counted(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> batch) {
      CompletableResultCode result = exporter.export(batch);
      return result.whenComplete(
          () -> {
            waiting.addAndGet(-batch.size());
            spans.labels(result.isSuccess() ? "exported" : "failed").inc(batch.size());
          });
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
