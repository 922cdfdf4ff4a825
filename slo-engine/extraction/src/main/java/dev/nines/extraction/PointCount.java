// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.extraction.SeriesRecord.Use;
import dev.nines.objectives.series.EventTime;
import dev.nines.objectives.series.Measure;
import dev.nines.objectives.series.Measured;
import dev.nines.objectives.series.Role;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.MetricWalker;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SeriesHash;
import dev.nines.telemetry.Temporality;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Picks the points that SLOs select out of one batch at a time. Belongs to one task.
 *
 * <p>A delta is what it adds, and counts here; so does a point whose value is asked for. What a
 * cumulative point adds depends on the one before, which may have come in any partition: it goes on
 * to {@code series.points}.
 */
final class PointCount {

  private final MetricWalker walker = new MetricWalker();
  private final SeriesHash hash = new SeriesHash();
  private final Objectives objectives;

  PointCount(Objectives objectives) {
    this.objectives = objectives;
  }

  /** What one batch holds, and how many of its points had which outcome. */
  static final class Tally {
    final List<Delta> deltas = new ArrayList<>();
    final List<SeriesRecord.Point> cumulative = new ArrayList<>();
    final Map<String, Integer> outcomes = new HashMap<>();

    private void outcome(String word) {
      outcomes.merge(word, 1, Integer::sum);
    }
  }

  /** An increment, or a point that is an event itself. */
  record Delta(Use use, Role.Events events, long sliceStartSeconds, boolean skewed) {}

  /**
   * @throws MalformedOtlp when the body is not OTLP; nothing of it is counted then
   */
  Tally count(Envelope envelope, String region, long appendedAt) {
    Tally tally = new Tally();
    Timeline timeline = objectives.of(envelope.tenant());
    walker.walk(
        envelope.body(), point -> count(tally, timeline, envelope, region, point, appendedAt));
    return tally;
  }

  private void count(
      Tally tally,
      Timeline timeline,
      Envelope envelope,
      String region,
      PointView point,
      long appendedAt) {
    EventTime time = EventTime.of(point.timeNanos(), appendedAt);
    List<MetricUse> selecting = selecting(timeline, time, point);
    if (selecting.isEmpty()) {
      tally.outcome("notSelected");
      return;
    }
    long ageMillis = appendedAt - time.millis();
    List<MetricUse> counting = new ArrayList<>();
    for (MetricUse use : selecting) {
      use.valuation()
          .ifPresentOrElse(
              valuation -> judge(tally, use, valuation, point, time, ageMillis),
              () -> counting.add(use));
    }
    List<Use> uses = uses(tally, counting, point, ageMillis);
    if (uses.isEmpty()) {
      return;
    }
    switch (MeasureReader.read(point)) {
      case Measured.Refused(String outcome) -> tally.outcome(outcome);
      case Measured.Read(Measure measure)
          when point.metric().temporality() == Temporality.DELTA -> {
        uses.forEach(
            use ->
                tally.deltas.add(
                    new Delta(
                        use,
                        use.role().of(measure, use.limit()),
                        time.sliceStartSeconds(),
                        time.skewed())));
        tally.outcome("delta");
      }
      case Measured.Read(Measure measure) -> {
        tally.cumulative.add(
            new SeriesRecord.Point(
                region,
                hash.of(envelope.tenant(), point).toString(),
                point.startNanos(),
                point.timeNanos(),
                appendedAt,
                time.sliceStartSeconds(),
                time.skewed(),
                measure,
                uses));
        tally.outcome("cumulative");
      }
    }
  }

  /** For one that asks for its value. */
  private static void judge(
      Tally tally,
      MetricUse use,
      Valuation valuation,
      PointView point,
      EventTime time,
      long ageMillis) {
    if (use.tooOld(ageMillis)) {
      tally.outcome("tooOld");
      return;
    }
    PointValue value = PointValue.of(point);
    Optional<Role.Events> events = valuation.of(value);
    if (events.isPresent()) {
      Use told = use.of(point, BigDecimal.ZERO);
      tally.deltas.add(new Delta(told, events.get(), time.sliceStartSeconds(), time.skewed()));
    }
    tally.outcome(
        value instanceof PointValue.None(String outcome)
            ? outcome
            : events.isPresent() ? "value" : "notARatio");
  }

  private static List<MetricUse> selecting(Timeline timeline, EventTime time, PointView point) {
    List<MetricUse> candidates = timeline.uses(time.sliceStartSeconds(), point.metric().name());
    return candidates.isEmpty()
        ? candidates
        : candidates.stream().filter(use -> use.selects(point)).toList();
  }

  private static List<Use> uses(
      Tally tally, List<MetricUse> counting, PointView point, long ageMillis) {
    List<Use> uses = new ArrayList<>();
    for (MetricUse use : counting) {
      Optional<BigDecimal> limit = use.limit(point);
      if (use.tooOld(ageMillis)) {
        tally.outcome("tooOld");
      } else if (limit.isEmpty()) {
        tally.outcome("otherUnit");
      } else {
        uses.add(use.of(point, limit.get()));
      }
    }
    return uses;
  }
}
