// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * Makes the records of a batch. A sound body of at most 900 KiB is one part, unchanged. Any other
 * is rewritten without its rejected items and cut between items, each part a request of its own
 * that repeats what its items stand under: resource, scope and schema URLs, and for data points
 * their metric. The rule depends on the body alone, so that a retry gives the same parts. One
 * cutter belongs to one thread.
 */
public final class BatchCut {

  /** Largest part; leaves room for headers under Kafka's usual 1 MiB. */
  public static final int MAX_BYTES = 900 << 10;

  /**
   * Largest resource, scope and metric together in a body that must be cut. It bounds what the
   * parts repeat to twice the body.
   */
  static final int MAX_CONTEXT_BYTES = 256 << 10;

  private final Signal signal;

  public BatchCut(Signal signal) {
    this.signal = signal;
  }

  /**
   * Parts in order, and how many items were rejected for what.
   *
   * @param parts empty when no item is sound; each may be without items
   */
  public record Cut(List<BatchPart> parts, Map<Defect, Integer> rejected) {

    public int acceptedItems() {
      return parts.stream().mapToInt(BatchPart::items).sum();
    }

    public int rejectedItems() {
      return rejected.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Takes every sound item. */
  public Cut cut(byte[] body, LongConsumer room) {
    return cut(body, room, point -> true);
  }

  /**
   * @param room told how many bytes the plan of the parts takes while it grows; may throw
   * @param taken asked of each sound data point. The parts end where they would have if all were
   *     taken, and a part of which none is has no items: what is taken may differ between a request
   *     and its retry
   * @throws MalformedOtlp when the body is not an export request of the signal
   */
  public Cut cut(byte[] body, LongConsumer room, Predicate<PointView> taken) {
    Checked checked = new Checked();
    switch (signal) {
      case TRACES ->
          TraceWalker.withoutAttributes()
              .walk(body, span -> checked.add(span.index(), SpanCheck.defect(span)));
      case METRICS -> new MetricWalker().walk(body, point -> checked.add(point, taken));
      case LOGS -> new LogWalker().walk(body, index -> checked.add(index, Defect.NOT_STORED));
    }
    if (checked.items() == 0) {
      return new Cut(List.of(), checked.rejected());
    }
    if (checked.rejected().isEmpty() && body.length <= MAX_BYTES) {
      return new Cut(List.of(new BatchPart(checked.items(), () -> body)), checked.rejected());
    }
    return new Cut(rewrite(body, checked, room).parts(), checked.rejected());
  }

  private BatchRewrite rewrite(byte[] body, Checked checked, LongConsumer room) {
    return switch (signal) {
      case TRACES, LOGS -> new ChildRewrite(body, checked, room);
      case METRICS -> new PointRewrite(body, checked, room);
    };
  }
}
