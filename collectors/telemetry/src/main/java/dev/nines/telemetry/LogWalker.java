// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.function.IntConsumer;

/**
 * Walks the wire form of an OTLP {@code ExportLogsServiceRequest} to count its records: what is in
 * them is not looked at.
 */
final class LogWalker {

  private static final int RESOURCE = 10;

  private final WireReader wire = new WireReader();
  private int index;

  /**
   * Visits the index of each log record in wire order.
   *
   * @throws MalformedOtlp when the bytes are not an ExportLogsServiceRequest
   */
  void walk(byte[] body, IntConsumer visitor) {
    wire.reset(body, 0, body.length);
    index = 0;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == RESOURCE) {
        children("resource_logs", () -> children("scope_logs", () -> record(visitor)));
      } else {
        wire.skip(tag);
      }
    }
  }

  private void children(String message, Runnable child) {
    int outer = wire.enter(message);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == BatchRewrite.CHILDREN) {
        child.run();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void record(IntConsumer visitor) {
    wire.skip(BatchRewrite.CHILDREN);
    visitor.accept(index++);
  }
}
