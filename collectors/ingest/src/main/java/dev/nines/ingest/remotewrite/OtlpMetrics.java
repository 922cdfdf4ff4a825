// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireWriter;
import java.util.function.LongConsumer;

/**
 * Writes an {@code ExportMetricsServiceRequest} from front to back: points of one metric that
 * follow each other share its message, and metrics of one resource theirs. Labels {@code job} and
 * {@code instance} are the resource's service.name and service.instance.id.
 */
final class OtlpMetrics {

  static final int NO_RECORDED_VALUE = 1;

  private static final long STALE = 0x7ff0000000000002L;
  private static final int CUMULATIVE = 2;

  private final byte[] body;
  private final LongConsumer room;
  private final WireWriter out = new WireWriter();
  private int resource;
  private int scope;
  private int metric;
  private int data;
  private long job = Text.NONE;
  private long instance = Text.NONE;
  private long name = Text.NONE;
  private Type type = Type.GAUGE;

  /**
   * @param body that the texts of labels are in
   * @param room told after each point how many bytes the form holds
   */
  OtlpMetrics(byte[] body, LongConsumer room) {
    this.body = body;
    this.room = room;
  }

  /** Of the bits of a double: a series is known to have ended. Any other NaN is a value. */
  static boolean isStale(long bits) {
    return bits == STALE;
  }

  /**
   * Opens a data point and writes its attributes.
   *
   * @return what {@link #close} needs
   */
  int open(Series series, Type pointType) {
    enterResource(series);
    enterMetric(series, pointType);
    int point = out.open(1);
    series.writeAttributes(out, pointType.attributes);
    return point;
  }

  void close(int point) {
    out.close(point);
    room.accept(3L * out.size()); // an array that grows stands beside one of twice its size
  }

  WireWriter out() {
    return out;
  }

  byte[] toBytes() {
    leaveResource();
    return out.toBytes();
  }

  private void enterResource(Series series) {
    if (job != Text.NONE && same(job, series.job()) && same(instance, series.instance())) {
      return;
    }
    leaveResource();
    job = series.job();
    instance = series.instance();
    resource = out.open(1);
    int attributes = out.open(1);
    series.writeResource(out, 1);
    out.close(attributes);
    scope = out.open(2);
  }

  private void enterMetric(Series series, Type pointType) {
    if (name != Text.NONE && type == pointType && same(name, series.name())) {
      return;
    }
    leaveMetric();
    name = series.name();
    type = pointType;
    metric = out.open(2);
    out.bytes(1, body, Text.offset(name), Text.length(name));
    data = out.open(type.data);
  }

  private void leaveMetric() {
    if (name == Text.NONE) {
      return;
    }
    if (type != Type.GAUGE) {
      out.varint(2, CUMULATIVE);
    }
    if (type == Type.COUNTER) {
      out.varint(3, 1); // monotonic
    }
    out.close(data);
    out.close(metric);
    name = Text.NONE;
  }

  private void leaveResource() {
    if (job == Text.NONE) {
      return;
    }
    leaveMetric();
    out.close(scope);
    out.close(resource);
    job = Text.NONE;
  }

  private boolean same(long a, long b) {
    return Text.compare(body, a, b) == 0;
  }
}
