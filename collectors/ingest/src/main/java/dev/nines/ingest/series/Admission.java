// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import dev.nines.ingest.series.MetricSeries.Verdict;
import dev.nines.telemetry.NumberPointView;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SeriesHash;
import dev.nines.telemetry.Slice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says of the points of one request, which one walker visits, whether their series are known or may
 * be. One thread's.
 */
public final class Admission implements Predicate<PointView> {

  /** Metrics that are named to a sender. */
  private static final int NAMED_MAX = 3;

  /** Of the name of a metric in an answer. */
  private static final int NAME_BYTES_MAX = 200;

  private final SeriesHash hash = new SeriesHash();
  private final Map<String, String> rules = new LinkedHashMap<>();
  private final String tenant;
  private final SeriesTable table;
  private final SeriesLimits limits;
  private final long half;
  private @Nullable TenantSeries series;
  private @Nullable MetricSeries metric;
  private long serial = -1;
  private boolean told;
  private int items;
  private int numbers;
  private int histograms;
  private int exemplars;

  Admission(String tenant, SeriesTable table, SeriesLimits limits, long half) {
    this.tenant = tenant;
    this.table = table;
    this.limits = limits;
    this.half = half;
  }

  /**
   * Points that were not taken.
   *
   * @param numbers those of them with a number of their own
   * @param histograms those with a histogram of their own, or a summary
   * @param exemplars that went with them
   */
  public record Omitted(int items, int numbers, int histograms, int exemplars) {}

  @Override
  public boolean test(PointView point) {
    Verdict verdict = verdict(point);
    if (verdict == Verdict.KNOWN || verdict == Verdict.NEW) {
      return true;
    }
    omit(point);
    if (!told && rules.size() < NAMED_MAX) {
      rules.computeIfAbsent(shortened(point.metric().name()), named -> rule(verdict, named));
    }
    told = true;
    return false;
  }

  private Verdict verdict(PointView point) {
    long id = hash.of(tenant, point).low();
    if (point.metric().serial() != serial) {
      find(point);
    }
    while (metric != null) {
      Verdict verdict = metric.admit(id, point, half);
      if (verdict != Verdict.GONE) {
        return verdict;
      }
      find(point);
    }
    return Verdict.TENANT_FULL;
  }

  /** Names are looked at once a metric, not once a point: they may be long. */
  private void find(PointView point) {
    serial = point.metric().serial();
    told = false;
    series = table.of(tenant, half);
    metric = series.metric(point.metric().name(), half);
  }

  private void omit(PointView point) {
    items++;
    exemplars += point.exemplars().size();
    if (point.carriesExemplarsOnly()) {
      return;
    }
    if (point instanceof NumberPointView) {
      numbers++;
    } else {
      histograms++;
    }
  }

  private String rule(Verdict verdict, String named) {
    if (verdict == Verdict.TENANT_FULL || metric == null) {
      int held = series == null ? 0 : series.series();
      return "%s would be new, and the tenant has %,d series or %,d metrics, as many as it may"
          .formatted(named, held, TenantSeries.METRICS_MAX);
    }
    LabelValues.Widest widest = metric.widest();
    return "%s has %,d series, as many as a metric may have; of its labels %s has most values, about %,d"
        .formatted(named, limits.perMetric(), widest.label(), widest.values());
  }

  /** Bytes are cut before they become text. */
  private static String shortened(Slice text) {
    if (text.length() <= NAME_BYTES_MAX) {
      return text.utf8();
    }
    Slice beginning = new Slice();
    beginning.set(text.array(), text.offset(), NAME_BYTES_MAX);
    return beginning.utf8() + "...";
  }

  public Omitted omitted() {
    return new Omitted(items, numbers, histograms, exemplars);
  }

  /** Why, with names; empty when all was taken. */
  public String rules() {
    return String.join("; ", rules.values());
  }
}
