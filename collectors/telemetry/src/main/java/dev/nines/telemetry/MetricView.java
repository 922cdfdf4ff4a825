// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * One metric under the walk with the resource and scope that it stands under, as slices of the
 * body. Reused from metric to metric.
 */
public final class MetricView {

  final AttributeList resourceAttributes = new AttributeList();
  final Slice serviceName = new Slice();
  final Slice scopeName = new Slice();
  final Slice scopeVersion = new Slice();
  final AttributeList scopeAttributes = new AttributeList();
  final Slice name = new Slice();
  final Slice description = new Slice();
  final Slice unit = new Slice();
  MetricType type = MetricType.GAUGE;
  Temporality temporality = Temporality.UNSPECIFIED;
  boolean monotonic;

  /** Number of the resource, scope and metric in the life of the walker: what a cache compares. */
  long resourceSerial;

  long scopeSerial;
  long metricSerial;

  public AttributeList resourceAttributes() {
    return resourceAttributes;
  }

  /** Resource attribute {@code service.name}; empty when absent. */
  public Slice serviceName() {
    return serviceName;
  }

  public Slice scopeName() {
    return scopeName;
  }

  public Slice scopeVersion() {
    return scopeVersion;
  }

  public AttributeList scopeAttributes() {
    return scopeAttributes;
  }

  public Slice name() {
    return name;
  }

  public Slice description() {
    return description;
  }

  /** A UCUM unit as the client wrote it. */
  public Slice unit() {
    return unit;
  }

  public MetricType type() {
    return type;
  }

  /** {@code UNSPECIFIED} for gauges and summaries. */
  public Temporality temporality() {
    return temporality;
  }

  /** Grows from metric to metric in the life of the walker. */
  public long serial() {
    return metricSerial;
  }

  /** A sum that never falls but by a reset: a counter. */
  public boolean monotonic() {
    return monotonic;
  }

  /** Forgets the last metric; what resource and scope gave stays. */
  void clearMetric() {
    name.clear();
    description.clear();
    unit.clear();
    begin(MetricType.GAUGE);
    metricSerial++;
  }

  /** Data of another type than before begin. */
  void begin(MetricType newType) {
    type = newType;
    temporality = Temporality.UNSPECIFIED;
    monotonic = false;
  }
}
