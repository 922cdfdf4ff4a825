// SPDX-License-Identifier: Apache-2.0
package dev.nines.sampler;

import dev.nines.telemetry.OtelTraceState;
import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanSelection;
import dev.nines.telemetry.SpanSelection.Choice;
import dev.nines.telemetry.SpanView;
import dev.nines.telemetry.Threshold;
import java.time.Instant;

/**
 * Which spans of a batch are stored: those of a trace that must be kept, with the count that they
 * came with, and of the others those that the threshold of their time keeps, which tell it. A
 * threshold that came with a span and would not have kept it says nothing.
 */
final class Decision {

  private final Volumes volumes;
  private final Interests interests;
  private final SpanSelection selection = new SpanSelection();

  Decision(Volumes volumes, Interests interests) {
    this.volumes = volumes;
    this.interests = interests;
  }

  /**
   * @param selected the spans that are stored
   * @param interesting how many of them for their trace's sake
   */
  record Decided(SpanSelection.Selected selected, int interesting) {}

  /**
   * @param window of the batch's log-append time
   * @throws dev.nines.telemetry.MalformedOtlp never of a batch that was counted
   */
  Decided decide(String tenant, Instant window, byte[] body) {
    Threshold threshold = volumes.threshold(tenant, window);
    int[] interesting = {0};
    SpanSelection.Selected selected =
        selection.select(
            body,
            span -> {
              if (isInteresting(span)) {
                interesting[0]++;
                return Choice.KEPT;
              }
              return byHash(span, threshold);
            });
    return new Decided(selected, interesting[0]);
  }

  private boolean isInteresting(SpanView span) {
    Slice id = span.traceId();
    return interests.contains(id.array(), id.offset(), id.length());
  }

  private static Choice byHash(SpanView span, Threshold threshold) {
    OtelTraceState state = OtelTraceState.parse(span.traceState().utf8());
    if (!threshold.keeps(state.randomness(span.traceId()))) {
      return Choice.LEFT_OUT;
    }
    Threshold before = state.threshold(span.traceId());
    Threshold after = before.stricter(threshold);
    return after.equals(before) ? Choice.KEPT : new Choice.Changed(state.with(after));
  }
}
