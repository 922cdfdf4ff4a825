// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.objectives.series.EventTime;
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
  private final RollupKeys rollupKeys;

  SpanCount(Objectives objectives, RollupKeys rollupKeys) {
    this.objectives = objectives;
    this.rollupKeys = rollupKeys;
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
  Tally count(
      Envelope envelope, String region, long appendedAt, Interest.@Nullable Batch interest) {
    Tally tally = new Tally();
    RollupKeys.Origin origin = new RollupKeys.Origin(envelope.tenant(), region);
    Timeline timeline = objectives.of(envelope.tenant());
    walker.walk(
        envelope.body(),
        span -> {
          boolean bad = count(tally, timeline, origin, span, appendedAt);
          if (interest != null) {
            interest.see(span, bad);
          }
        });
    return tally;
  }

  /** True when it is bad for an SLO. */
  private boolean count(
      Tally tally, Timeline timeline, RollupKeys.Origin origin, SpanView span, long appendedAt) {
    EventTime time = EventTime.of(span.endNanos(), appendedAt);
    long slice = time.sliceStartSeconds();
    tally.spans++;
    tally.skewed += time.skewed() ? 1 : 0;
    tally.rollups.add(rollupKeys.of(origin, span, slice), span);
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
