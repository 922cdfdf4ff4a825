// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the records of a batch. A sound body of at most 900 KiB is one part, unchanged. Any other
 * is rewritten without its rejected spans and cut between spans, each part a request of its own
 * that repeats the resource, scope and schema URL that its spans stand under. The rule depends on
 * the body alone, so that a retry gives the same parts. One cutter belongs to one thread.
 */
public final class BatchCut {

  /** Largest part; leaves room for headers under Kafka's usual 1 MiB. */
  public static final int MAX_BYTES = 900 << 10;

  /**
   * Largest resource with its scope in a body that must be cut. It bounds what the parts repeat to
   * twice the body.
   */
  static final int MAX_CONTEXT_BYTES = 256 << 10;

  private final TraceWalker walker = new TraceWalker();

  /**
   * Parts in order, and how many spans were rejected for what.
   *
   * @param parts empty when no span is left
   */
  public record Cut(List<BatchPart> parts, Map<SpanDefect, Integer> rejected) {

    public int acceptedSpans() {
      return parts.stream().mapToInt(BatchPart::items).sum();
    }

    public int rejectedSpans() {
      return rejected.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /**
   * @throws MalformedOtlp when the body is not an ExportTraceServiceRequest
   */
  public Cut cut(byte[] body) {
    BitSet bad = new BitSet();
    Map<SpanDefect, Integer> rejected = new EnumMap<>(SpanDefect.class);
    int spans = check(body, bad, rejected);
    if (spans == 0) {
      return new Cut(List.of(), rejected);
    }
    if (bad.isEmpty() && body.length <= MAX_BYTES) {
      return new Cut(List.of(new BatchPart(spans, () -> body)), rejected);
    }
    List<BatchPart> parts = new BatchRewrite(body, bad, rejected).parts();
    return new Cut(parts, rejected);
  }

  private int check(byte[] body, BitSet bad, Map<SpanDefect, Integer> rejected) {
    int[] spans = {0};
    walker.walk(
        body,
        span -> {
          SpanDefect defect = SpanCheck.defect(span);
          if (defect != null) {
            bad.set((int) span.index());
            rejected.merge(defect, 1, Integer::sum);
          }
          spans[0]++;
        });
    return spans[0];
  }
}
