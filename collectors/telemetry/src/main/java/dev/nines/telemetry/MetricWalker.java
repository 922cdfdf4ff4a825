// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * Walks the wire form of an OTLP {@code ExportMetricsServiceRequest} without building objects. One
 * walker belongs to one thread. Field numbers are those of opentelemetry-proto's {@code
 * metrics.proto}; unknown fields are passed over, and a resource, a scope and what a metric says of
 * itself may follow the points.
 */
public final class MetricWalker {

  private final MetricView metric = new MetricView();
  private final NumberPointView number = new NumberPointView(metric);
  private final HistogramPointView histogram = new HistogramPointView(metric);
  private final ExponentialPointView exponential = new ExponentialPointView(metric);
  private final SummaryPointView summary = new SummaryPointView(metric);
  private final WireReader wire = new WireReader();
  private final AttributeReader attributes = new AttributeReader(wire);
  private final ContextReader context = new ContextReader(wire, attributes);
  private final MetricReader metrics = new MetricReader(wire, attributes);
  private final PointReader points = new PointReader(wire, attributes);
  private long index;

  /**
   * Visits each point in wire order; a metric without points is not seen.
   *
   * @throws MalformedOtlp when the bytes are not an ExportMetricsServiceRequest; points before the
   *     malformed place have been visited
   */
  public void walk(byte[] body, PointVisitor visitor) {
    wire.reset(body, 0, body.length);
    index = 0;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        resourceMetrics(visitor);
      } else {
        wire.skip(tag);
      }
    }
  }

  private void resourceMetrics(PointVisitor visitor) {
    int outer = wire.enter("resource_metrics");
    int start = wire.position();
    context.resource(metric.resourceAttributes, metric.serviceName);
    metric.resourceSerial++;
    wire.rewind(start);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 18) {
        scopeMetrics(visitor);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void scopeMetrics(PointVisitor visitor) {
    int outer = wire.enter("scope_metrics");
    int start = wire.position();
    context.scope(metric.scopeName, metric.scopeVersion, metric.scopeAttributes);
    metric.scopeSerial++;
    wire.rewind(start);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 18) {
        metric(visitor);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void metric(PointVisitor visitor) {
    int outer = wire.enter("metrics");
    int dataTag = metrics.read(metric);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == dataTag) {
        data(visitor);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void data(PointVisitor visitor) {
    int outer = wire.enter(MetricReader.field(metric.type));
    PointView point = view();
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        point.index = index++;
        points.read(point);
        visitor.point(point);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private PointView view() {
    return switch (metric.type) {
      case GAUGE, SUM -> number;
      case HISTOGRAM -> histogram;
      case EXPONENTIAL_HISTOGRAM -> exponential;
      case SUMMARY -> summary;
    };
  }
}
