// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.export;

import dev.nines.prober.ProberMetrics;
import dev.nines.prober.ProberMetrics.Fate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Spans that are not acknowledged yet, oldest first. At most one batch is sealed, that of the
 * oldest spans; it keeps its bytes until it is settled. At the bound the oldest go, the sealed
 * batch before the others unless it is on its way.
 */
public final class SpanBuffer {

  private final long maxBytes;
  private final int batchSpansMax;
  private final Function<List<byte[]>, byte[]> envelope;
  private final ProberMetrics metrics;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private @Nullable Batch sealed;
  private boolean onItsWay;
  private long bytes;

  /**
   * @param maxBytes of all spans that are held
   * @param envelope makes a request of spans
   */
  public SpanBuffer(
      long maxBytes,
      int batchSpansMax,
      Function<List<byte[]>, byte[]> envelope,
      ProberMetrics metrics) {
    this.maxBytes = maxBytes;
    this.batchSpansMax = batchSpansMax;
    this.envelope = envelope;
    this.metrics = metrics;
  }

  /**
   * @param span an encoded OTLP {@code Span}
   */
  public synchronized void add(byte[] span) {
    waiting.addLast(span);
    bytes += span.length;
    while (bytes > maxBytes && dropOldest()) {
      // The new span itself is the last to go.
    }
    show();
  }

  /** Those that wait, sealed or not. */
  public synchronized int spans() {
    return waiting.size() + (sealed == null ? 0 : sealed.spans());
  }

  /** The oldest spans, to be sent now; the batch of the attempt before, if that is not settled. */
  synchronized @Nullable Batch begin() {
    if (sealed == null && !waiting.isEmpty()) {
      sealed = seal();
    }
    onItsWay = sealed != null;
    return sealed;
  }

  /** The attempt failed and may be repeated. */
  synchronized void keep() {
    onItsWay = false;
    while (bytes > maxBytes && dropOldest()) {
      // What came meanwhile pushes the batch out.
    }
    show();
  }

  /** The batch has met its fate. */
  synchronized void settle() {
    if (sealed != null) {
      bytes -= sealed.body().length;
    }
    sealed = null;
    onItsWay = false;
    show();
  }

  private Batch seal() {
    List<byte[]> spans = new ArrayList<>();
    while (spans.size() < batchSpansMax && !waiting.isEmpty()) {
      byte[] span = waiting.removeFirst();
      bytes -= span.length;
      spans.add(span);
    }
    byte[] body = envelope.apply(spans);
    bytes += body.length;
    return new Batch(body, spans.size());
  }

  private boolean dropOldest() {
    if (sealed != null && !onItsWay) {
      metrics.spans(Fate.OVERFLOW, sealed.spans());
      bytes -= sealed.body().length;
      sealed = null;
      return true;
    }
    byte @Nullable [] oldest = waiting.pollFirst();
    if (oldest == null) {
      return false;
    }
    metrics.spans(Fate.OVERFLOW, 1);
    bytes -= oldest.length;
    return true;
  }

  private void show() {
    metrics.buffered(spans(), bytes);
  }
}
