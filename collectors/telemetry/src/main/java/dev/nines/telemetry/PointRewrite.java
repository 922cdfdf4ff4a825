// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.function.LongConsumer;

/**
 * Items are the data points of the metrics of a scope. A part repeats the metric and what its data
 * say of all points: temporality and monotonic.
 */
final class PointRewrite extends BatchRewrite {

  private static final int DATA = INNER + 1;
  private static final int POINTS = 10;

  private final MetricReader metrics;
  private final MetricView metric = new MetricView();

  PointRewrite(byte[] body, Checked checked, LongConsumer room) {
    super(body, checked, room);
    metrics = new MetricReader(wire, new AttributeReader(wire));
  }

  @Override
  void child(int from) {
    int outer = wire.enter("metrics");
    builder.begin(INNER, 2, context(tag -> MetricReader.type(tag) != null));
    int dataTag = metrics.read(metric); // the cursor is where the data that count begin
    if (dataTag >= 0) {
      builder.begin(DATA, dataTag >>> 3, dataContext(dataTag));
    }
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == dataTag) {
        points();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void points() {
    int outer = wire.enter("data");
    while (wire.more()) {
      int from = wire.position();
      int tag = wire.tag();
      wire.skip(tag);
      if (tag == POINTS) {
        item(from, wire.position());
      }
    }
    wire.leave(outer);
  }

  /** Data may come in pieces, which are one message to protobuf. */
  private byte[] dataContext(int dataTag) {
    int start = wire.position();
    WireWriter context = new WireWriter();
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == dataTag) {
        int outer = wire.enter("data");
        byte[] piece = context(inner -> inner == POINTS);
        context.encoded(piece, 0, piece.length);
        wire.leave(outer);
      } else {
        wire.skip(tag);
      }
    }
    wire.rewind(start);
    return context.toBytes();
  }
}
