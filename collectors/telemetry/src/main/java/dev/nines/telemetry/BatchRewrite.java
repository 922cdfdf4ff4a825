// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** The second pass over a body that was walked already: sorts its good spans into parts. */
final class BatchRewrite {

  private static final int CHILDREN = 18; // scope_spans of ResourceSpans, spans of ScopeSpans

  private final WireReader wire = new WireReader();
  private final byte[] body;
  private final BitSet bad;
  private final Map<SpanDefect, Integer> rejected;
  private final int maxContextBytes;
  private final PartBuilder builder;
  private int index;

  BatchRewrite(byte[] body, BitSet bad, Map<SpanDefect, Integer> rejected) {
    this.body = body;
    this.bad = bad;
    this.rejected = rejected;
    boolean fits = body.length <= BatchCut.MAX_BYTES;
    maxContextBytes = fits ? Integer.MAX_VALUE : BatchCut.MAX_CONTEXT_BYTES;
    builder = new PartBuilder(body, fits ? Integer.MAX_VALUE : BatchCut.MAX_BYTES);
  }

  List<BatchPart> parts() {
    wire.reset(body, 0, body.length);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        resourceSpans();
      } else {
        wire.skip(tag);
      }
    }
    return builder.parts();
  }

  private void resourceSpans() {
    int outer = wire.enter("resource_spans");
    builder.resource(context());
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == CHILDREN) {
        scopeSpans();
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void scopeSpans() {
    int outer = wire.enter("scope_spans");
    builder.scope(context());
    while (wire.more()) {
      int from = wire.position();
      int tag = wire.tag();
      wire.skip(tag);
      if (tag == CHILDREN) {
        span(from, wire.position());
      }
    }
    wire.leave(outer);
  }

  private void span(int from, int to) {
    if (bad.get(index++)) {
      return;
    }
    boolean added = builder.contextBytes() <= maxContextBytes && builder.span(from, to);
    if (!added) {
      rejected.merge(SpanDefect.TOO_LARGE, 1, Integer::sum);
    }
  }

  /** All fields of the message but its children; the cursor is back at its start. */
  private byte[] context() {
    int start = wire.position();
    WireWriter context = new WireWriter();
    while (wire.more()) {
      int from = wire.position();
      int tag = wire.tag();
      wire.skip(tag);
      if (tag != CHILDREN) {
        context.encoded(body, from, wire.position());
      }
    }
    wire.rewind(start);
    return context.toBytes();
  }
}
