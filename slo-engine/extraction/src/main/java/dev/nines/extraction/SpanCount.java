// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.SpanView;
import dev.nines.telemetry.TraceWalker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the spans of one batch at a time, for SLOs and for RED. Belongs to one task. */
final class SpanCount {

  private final TraceWalker walker = new TraceWalker();
  private final Objectives objectives;

  SpanCount(Objectives objectives) {
    this.objectives = objectives;
  }

  /** What one batch adds up to. */
  static final class Tally {
    final BatchCounts counts = new BatchCounts();
    final BatchRollups rollups = new BatchRollups();
    long spans;
    long skewed;
    long tooOld;
  }

  /**
   * @param interest of a tenant that is sampled: what it should know of the spans
   * @throws MalformedOtlp when the body is not OTLP; nothing of it is counted then
   */
  Tally count(Envelope envelope, long appendedAt, Interest.@Nullable Batch interest) {
    Tally tally = new Tally();
    Timeline timeline = objectives.of(envelope.tenant());
    walker.walk(
        envelope.body(),
        span -> {
          boolean bad = count(tally, timeline, span, appendedAt);
          if (interest != null) {
            interest.see(span, bad);
          }
        });
    return tally;
  }

  /** True when it is bad for an SLO. */
  private static boolean count(Tally tally, Timeline timeline, SpanView span, long appendedAt) {
    EventTime time = EventTime.of(span.endNanos(), appendedAt);
    long slice = time.sliceStartSeconds();
    tally.spans++;
    tally.skewed += time.skewed() ? 1 : 0;
    tally.rollups.add(span, slice);
    boolean tooOld = false;
    boolean anyBad = false;
    List<CompiledSlo> candidates = timeline.candidates(slice, span.serviceName());
    for (CompiledSlo slo : candidates) {
      if (slo.selects(span)) {
        if (slo.tooOld(appendedAt - time.millis())) {
          tooOld = true;
        } else {
          boolean bad = slo.bad(span);
          anyBad |= bad;
          tally.counts.add(slo, span, slice, !bad, time.skewed());
        }
      }
    }
    tally.tooOld += tooOld ? 1 : 0;
    return anyBad;
  }
}
