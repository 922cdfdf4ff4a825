// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * One data point under the walk, as slices of the body. Each of its forms is reused from point to
 * point.
 *
 * <p>Times are nanoseconds since 1970. Counts are unsigned on the wire: a negative one is over
 * 2^63.
 */
public abstract sealed class PointView
    permits NumberPointView, HistogramPointView, ExponentialPointView, SummaryPointView {

  /** Of the flags, ours: the point is there for its exemplars alone, and its series goes on. */
  public static final int CARRIER = 2;

  private static final int NO_RECORDED_VALUE = 1;

  final MetricView metric;
  final Slice message = new Slice();
  final AttributeList attributes = new AttributeList();
  final SliceList exemplars = new SliceList();
  long startNanos;
  long timeNanos;
  int flags;
  long index;

  PointView(MetricView metric) {
    this.metric = metric;
  }

  public MetricView metric() {
    return metric;
  }

  /** The whole OTLP data point. */
  public Slice message() {
    return message;
  }

  public AttributeList attributes() {
    return attributes;
  }

  /**
   * Each slice is a well-formed OTLP {@code Exemplar}: read it with {@link ExemplarView}. Always
   * empty for summaries.
   */
  public SliceList exemplars() {
    return exemplars;
  }

  /** When the stream of this point began; 0 when the client does not know. */
  public long startNanos() {
    return startNanos;
  }

  public long timeNanos() {
    return timeNanos;
  }

  public int flags() {
    return flags;
  }

  /** The stream is known to have stopped: the point marks that and its values mean nothing. */
  public boolean noRecordedValue() {
    return (flags & NO_RECORDED_VALUE) != 0;
  }

  /** It has no value of its own and is no sign that its series has ended. */
  public boolean carriesExemplarsOnly() {
    return (flags & CARRIER) != 0;
  }

  /** Position of the point in its body, from 0. */
  public long index() {
    return index;
  }

  /** Forgets the last point. */
  void clear() {
    attributes.clear();
    exemplars.clear();
    startNanos = 0;
    timeNanos = 0;
    flags = 0;
  }
}
