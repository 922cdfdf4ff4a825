// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * Walks the wire form of an OTLP {@code ExportTraceServiceRequest} without building objects. One
 * walker belongs to one thread.
 */
public final class TraceWalker {

  private final SpanView view = new SpanView();

  /**
   * Visits each span in wire order.
   *
   * @throws MalformedOtlp when the bytes are not an ExportTraceServiceRequest
   */
  public void walk(byte[] body, SpanVisitor visitor) {
    throw new UnsupportedOperationException("walk of " + body.length + " by " + view + visitor);
  }
}
