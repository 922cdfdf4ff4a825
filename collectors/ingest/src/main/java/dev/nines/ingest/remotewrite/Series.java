// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireWriter;

/** What a time series says of all its points; used again for the next one. */
final class Series {

  private static final int LABELS_MAX = 200;

  /** With a metric name that is one of them, far under what a record on Kafka may repeat. */
  private static final int LABEL_BYTES_MAX = 64 << 10;

  private static final byte[] NAME = Text.ascii("__name__");
  private static final byte[] JOB = Text.ascii("job");
  private static final byte[] INSTANCE = Text.ascii("instance");

  final Labels labels;
  private final byte[] body;
  private long name;
  private long job;
  private long instance;

  /** {@code MetricType} of remote write 2.0; 0 where nothing is said. */
  int declared;

  /** When its counters began, by senders of before 2.0-rc.4; 0 for unknown. */
  long createdMillis;

  /** Of its first histogram; that of exponential ones when there is none. */
  Type histogramType = Type.EXPONENTIAL_HISTOGRAM;

  int samples;
  int histograms;
  int exemplars;

  Series(byte[] body) {
    this.body = body;
    this.labels = new Labels(body, LABELS_MAX, LABEL_BYTES_MAX);
  }

  void clear() {
    labels.clear();
    declared = 0;
    createdMillis = 0;
    samples = 0;
    histograms = 0;
    exemplars = 0;
  }

  int items() {
    return samples + histograms + exemplars;
  }

  /**
   * @throws Invalid when none of its points can be kept
   */
  void check() {
    labels.check();
    name = labels.find(NAME);
    job = labels.find(JOB);
    instance = labels.find(INSTANCE);
    if (name == Text.EMPTY) {
      throw new Invalid(Invalid.Reason.LABELS, "a series without __name__");
    }
    if (samples > 0 && histograms > 0) {
      throw Invalid.histogram("samples and histograms in one series");
    }
  }

  long name() {
    return name;
  }

  long job() {
    return job;
  }

  long instance() {
    return instance;
  }

  Type ofSamples() {
    return Type.ofSamples(declared, body, name);
  }

  Type ofExemplars() {
    if (histograms > 0) {
      return histogramType;
    }
    return samples > 0 ? ofSamples() : Type.ofExemplars(declared, body, name);
  }

  /** All but the labels that name the metric and its resource. */
  void writeAttributes(WireWriter out, int field) {
    for (int i = 0; i < labels.count(); i++) {
      long label = labels.nameAt(i);
      if (!namesMore(label)) {
        labels.writeAttribute(out, field, i);
      }
    }
  }

  private boolean namesMore(long label) {
    return Text.is(body, label, NAME)
        || Text.is(body, label, JOB)
        || Text.is(body, label, INSTANCE);
  }

  void writeResource(WireWriter out, int field) {
    writeResource(out, field, "service.name", job);
    writeResource(out, field, "service.instance.id", instance);
  }

  private void writeResource(WireWriter out, int field, String key, long value) {
    if (value != Text.EMPTY) {
      int attribute = out.open(field);
      out.text(1, key);
      labels.writeText(out, 2, value);
      out.close(attribute);
    }
  }
}
