// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.WireReader;

/**
 * Reads one {@code TimeSeries} after the other, twice: for what it says of all its points, and for
 * the points, which are written as they are read. No more is held of a request than its OTLP form.
 */
final class SeriesReader {

  private static final int LABELS = 1 << 3 | 2;
  private static final int LABEL_REFERENCE = 1 << 3; // unpacked
  private static final int SAMPLE = 2 << 3 | 2;
  private static final int METADATA = 5 << 3 | 2;
  private static final int CREATED = 6 << 3;

  /**
   * Of samples, histograms and exemplars in a request; senders have a few thousand. It bounds what
   * a small body can ask for in processor time, and in memory when its OTLP form is cut.
   */
  private static final int ITEMS_MAX = 50_000;

  private static final Invalid WITHOUT_TIME = Times.without("a sample");

  private final WireReader wire;
  private final Version version;
  private final LabelReader labels;
  private final OtlpMetrics metrics;
  private final Rejections rejections;
  private final Series series;
  private final NativeHistogram histogram = new NativeHistogram();
  private final ExemplarReader exemplar;
  private final int histogramTag;
  private final int exemplarTag;
  private int items;
  private int samples;
  private int histograms;
  private int exemplars;

  SeriesReader(
      WireReader wire,
      byte[] body,
      Version version,
      Symbols symbols,
      OtlpMetrics metrics,
      Rejections rejections) {
    this.wire = wire;
    this.version = version;
    this.metrics = metrics;
    this.rejections = rejections;
    this.labels = new LabelReader(wire, symbols);
    this.series = new Series(body);
    this.exemplar = new ExemplarReader(wire, body, labels);
    boolean first = version == Version.V1;
    this.histogramTag = (first ? 4 : 3) << 3 | 2;
    this.exemplarTag = (first ? 3 : 4) << 3 | 2;
  }

  /**
   * The open message of a series; what is wrong with it or a point is noted.
   *
   * @throws MalformedOtlp when there is too much in the request
   */
  void read() {
    int outer = wire.enter("timeseries");
    int start = wire.position();
    survey();
    items += series.items();
    if (items > ITEMS_MAX) {
      throw new MalformedOtlp(
          "over " + ITEMS_MAX + " samples, histograms and exemplars; send less at once");
    }
    try {
      if (series.items() > 0) {
        series.check();
        wire.rewind(start);
        points();
      }
    } catch (Invalid e) {
      rejections.add(e, series.items());
    }
    wire.leave(outer);
  }

  private void survey() {
    series.clear();
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == LABELS) {
        labels.read(series.labels, version);
      } else if (tag == LABEL_REFERENCE && version == Version.V2) {
        labels.reference(series.labels);
      } else if (tag == METADATA && version == Version.V2) {
        series.declared = declared();
      } else if (tag == CREATED && version == Version.V2) {
        series.createdMillis = wire.varint();
      } else if (tag == histogramTag && series.histograms++ == 0) {
        series.histogramType = NativeHistogram.typeOf(wire);
      } else {
        count(tag);
        wire.skip(tag);
      }
    }
  }

  private void count(int tag) {
    if (tag == SAMPLE) {
      series.samples++;
    } else if (tag == exemplarTag) {
      series.exemplars++;
    }
  }

  /** Of several messages, what the last one to say it says. */
  private int declared() {
    int type = series.declared;
    int outer = wire.enter("metadata");
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 8) {
        type = (int) wire.varint();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
    return type;
  }

  private void points() {
    while (wire.more()) {
      int tag = wire.tag();
      try {
        if (tag == SAMPLE) {
          sample();
        } else if (tag == histogramTag) {
          histogram();
        } else if (tag == exemplarTag) {
          exemplar();
        } else {
          wire.skip(tag);
        }
      } catch (Invalid e) {
        rejections.add(e, 1);
      }
    }
  }

  private void sample() {
    long bits = 0;
    long millis = 0;
    long start = 0;
    int outer = wire.enter("samples");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 9 -> bits = wire.fixed64();
        case 16 -> millis = wire.varint();
        case 24 -> start = wire.varint();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    write(bits, Times.nanos(millis, WITHOUT_TIME), Times.startNanos(start, series.createdMillis));
  }

  private void write(long bits, long timeNanos, long startNanos) {
    Type type = series.ofSamples();
    int point = metrics.open(series, type);
    if (startNanos != 0) {
      metrics.out().fixed64(2, startNanos);
    }
    metrics.out().fixed64(3, timeNanos);
    if (OtlpMetrics.isStale(bits)) {
      metrics.out().varint(type.flags, OtlpMetrics.NO_RECORDED_VALUE);
    } else {
      metrics.out().fixed64(4, bits);
    }
    metrics.close(point);
    samples++;
  }

  private void histogram() {
    histogram.read(wire);
    long timeNanos = histogram.timeNanos();
    int point = metrics.open(series, histogram.type());
    histogram.write(metrics.out(), timeNanos, series.createdMillis);
    metrics.close(point);
    histograms++;
  }

  /**
   * Senders put an exemplar into a message of its own, and now and then into another request than
   * its point: so each has a point without a value, which no one takes for the end of the series.
   */
  private void exemplar() {
    exemplar.read(version);
    Type type = series.ofExemplars();
    int point = metrics.open(series, type);
    metrics.out().fixed64(3, exemplar.timeNanos());
    metrics.out().varint(type.flags, OtlpMetrics.NO_RECORDED_VALUE | PointView.CARRIER);
    exemplar.write(metrics.out(), type.exemplars);
    metrics.close(point);
    exemplars++;
  }

  int samples() {
    return samples;
  }

  int histograms() {
    return histograms;
  }

  int exemplars() {
    return exemplars;
  }
}
