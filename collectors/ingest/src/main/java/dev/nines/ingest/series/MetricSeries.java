// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import dev.nines.telemetry.PointView;
import org.jspecify.annotations.Nullable;

/**
 * The series of one metric of a tenant that were seen in this half of the window or in the last.
 */
final class MetricSeries {

  /** Whether a point is taken. */
  enum Verdict {
    KNOWN,
    NEW,
    METRIC_FULL,
    TENANT_FULL,
    /** It was empty and is no longer in use: ask for it again. */
    GONE
  }

  /** Labels are followed from this share of the limit on: most metrics never get there. */
  private static final int LABELS_FROM = 20;

  private final TenantSeries tenant;
  private final SeriesLimits limits;
  private long half;
  private LongSet now;
  private LongSet before;
  private @Nullable LabelValues labels;
  private @Nullable LabelValues labelsBefore;
  private int size;
  private boolean gone;

  MetricSeries(TenantSeries tenant, SeriesLimits limits, long half) {
    this.tenant = tenant;
    this.limits = limits;
    this.half = half;
    now = tenant.newSet();
    before = now;
  }

  /**
   * @param id hash of the series
   * @param at which half of a window it is
   */
  synchronized Verdict admit(long id, PointView point, long at) {
    if (gone) {
      return Verdict.GONE;
    }
    turn(at);
    if (now.contains(id)) {
      return Verdict.KNOWN;
    }
    if (before.contains(id)) {
      note(id, point);
      return Verdict.KNOWN;
    }
    if (size >= limits.perMetric()) {
      return Verdict.METRIC_FULL;
    }
    if (!tenant.reserve()) {
      return Verdict.TENANT_FULL;
    }
    size++;
    note(id, point);
    return Verdict.NEW;
  }

  private void note(long id, PointView point) {
    now.add(id);
    if (labels == null && size * LABELS_FROM >= limits.perMetric()) {
      labels = new LabelValues();
    }
    if (labels != null) {
      labels.add(point);
    }
  }

  /** A clock may step back, too: by one half it is as if it had not, by more all is forgotten. */
  private void turn(long at) {
    if (at == half || at == half - 1) {
      return;
    }
    boolean next = at == half + 1;
    half = at;
    before = next ? now : tenant.newSet();
    labelsBefore = next ? labels : null;
    now = tenant.newSet();
    labels = null;
    tenant.release(size - before.size());
    size = before.size();
  }

  /** Marks it as gone when nothing of it is known any more. */
  synchronized boolean leave(long at) {
    turn(at);
    gone = size == 0;
    return gone;
  }

  /** Which label has most values, of this half or the last. */
  synchronized LabelValues.Widest widest() {
    LabelValues.Widest here = widest(labels);
    LabelValues.Widest last = widest(labelsBefore);
    return last.values() > here.values() ? last : here;
  }

  private static LabelValues.Widest widest(@Nullable LabelValues labels) {
    return labels == null ? LabelValues.Widest.NONE : labels.widest();
  }
}
