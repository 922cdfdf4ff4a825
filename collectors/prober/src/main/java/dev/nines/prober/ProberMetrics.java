// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import dev.nines.prober.check.Verdict;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the prober shows of itself; labels are kinds and bounded words, never a probe's name. */
public final class ProberMetrics {

  private static final double[] RUN_SECONDS = {
    .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20, 60
  };

  private static final List<String> KINDS = List.of("http", "grpc");

  /** Why a run that was due gives no span: always our own trouble, never the target's. */
  enum Skip {
    /** Every slot for runs was taken. */
    BUSY,
    /** The run before had not ended. */
    OVERLAP,
    /** It was due while the prober stood still. */
    LATE,
    /** Its deadline passed while the prober stood still. */
    STALLED,
    /** A defect of ours; the log has it. */
    DEFECT
  }

  /** What became of a span. */
  public enum Fate {
    ACKNOWLEDGED,
    /** By partial success. */
    REJECTED,
    /** With its whole batch, for good. */
    REFUSED,
    /** Dropped at the buffer's bound, oldest first. */
    OVERFLOW,
    /** Given up: a repeat would not be known as one any more. */
    EXPIRED,
    /** Not acknowledged when the process left. */
    LOST
  }

  private final Counter runs;
  private final Counter skipped;
  private final Histogram seconds;
  private final Counter spans;
  private final Counter exports;
  private final Gauge bufferedSpans;
  private final Gauge bufferedBytes;
  private final Gauge routes;

  public ProberMetrics(CollectorRegistry registry) {
    runs =
        Counter.build("nines_prober_runs_total", "Runs by kind and outcome: passed, or the reason")
            .labelNames("kind", "outcome")
            .register(registry);
    skipped =
        Counter.build("nines_prober_skipped_total", "Runs due that gave no span, by our reason")
            .labelNames("kind", "reason")
            .register(registry);
    seconds =
        Histogram.build("nines_prober_run_seconds", "From a run's start to its verdict")
            .labelNames("kind")
            .buckets(RUN_SECONDS)
            .register(registry);
    spans =
        Counter.build("nines_prober_spans_total", "Spans by what became of them")
            .labelNames("outcome")
            .register(registry);
    exports =
        Counter.build("nines_prober_exports_total", "Requests to the collector by outcome")
            .labelNames("outcome")
            .register(registry);
    bufferedSpans = gauge(registry, "buffered_spans", "Spans not acknowledged yet");
    bufferedBytes = gauge(registry, "buffered_bytes", "Bytes of spans not acknowledged yet");
    routes = gauge(registry, "routes", "Probes by their targets, from this region");
    beginAtZero();
  }

  /** What alert rules watch: a counter that first appears as 1 has not grown. */
  private void beginAtZero() {
    for (String kind : KINDS) {
      runs.labels(kind, "passed");
      for (Skip reason : Skip.values()) {
        skipped.labels(kind, word(reason));
      }
    }
    for (Fate fate : Fate.values()) {
      spans.labels(word(fate));
    }
  }

  private static Gauge gauge(CollectorRegistry registry, String name, String help) {
    return Gauge.build("nines_prober_" + name, help).register(registry);
  }

  void routes(int count) {
    routes.set(count);
  }

  void run(String kind, Verdict verdict, Duration length) {
    String outcome =
        switch (verdict) {
          case Verdict.Passed _ -> "passed";
          case Verdict.Failed failed -> failed.reason().word();
        };
    runs.labels(kind, outcome).inc();
    seconds.labels(kind).observe(length.toNanos() / 1e9);
  }

  void skipped(String kind, Skip reason, long count) {
    skipped.labels(kind, word(reason)).inc(count);
  }

  public void spans(Fate fate, long count) {
    spans.labels(word(fate)).inc(count);
  }

  /**
   * @param outcome acknowledged, refused, later
   */
  public void export(String outcome) {
    exports.labels(outcome).inc();
  }

  public void buffered(int count, long bytes) {
    bufferedSpans.set(count);
    bufferedBytes.set(bytes);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
