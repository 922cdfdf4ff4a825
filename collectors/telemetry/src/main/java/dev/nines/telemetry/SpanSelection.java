// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * Some spans of a body, as a body: what they stand under is as it was, and a resource or scope
 * without spans is left out. Belongs to one thread.
 */
public final class SpanSelection {

  private static final int FIELD_RESOURCE = 1;
  private static final int FIELD_CHILD = 2;
  private static final int FIELD_TRACE_STATE = 3;
  private static final int RESOURCE = 10;
  private static final int CHILD = 18;

  private final TraceWalker walker = TraceWalker.withoutAttributes();
  private final WireReader wire = new WireReader();
  private final Slice message = new Slice();
  private final List<Choice> choices = new ArrayList<>();
  private byte[] body = new byte[0];
  private int index;
  private int kept;

  /** What becomes of a span. */
  public sealed interface Choice {
    /** It stays as it is. */
    Choice KEPT = new Kept();

    /** It is not in the selection. */
    Choice LEFT_OUT = new LeftOut();

    /** Another trace state: it is written after all other fields, where the last one counts. */
    record Changed(String traceState) implements Choice {}

    /** See {@link #KEPT}. */
    record Kept() implements Choice {}

    /** See {@link #LEFT_OUT}. */
    record LeftOut() implements Choice {}
  }

  /** Chooses. */
  public interface Rule {
    Choice choice(SpanView span);
  }

  /**
   * @param body of the spans that were kept; empty without any
   * @param leftOut spans that were not
   */
  public record Selected(byte[] body, int kept, int leftOut) {}

  /**
   * @throws MalformedOtlp when the body is not an {@code ExportTraceServiceRequest}
   */
  public Selected select(byte[] request, Rule rule) {
    choices.clear();
    walker.walk(request, span -> choices.add(rule.choice(span)));
    body = request;
    index = 0;
    kept = 0;
    byte[] selected = request();
    return new Selected(selected, kept, choices.size() - kept);
  }

  private byte[] request() {
    WireWriter out = new WireWriter();
    wire.reset(body, 0, body.length);
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == RESOURCE) {
        parent(out, FIELD_RESOURCE, this::scope);
      } else {
        wire.skip(tag);
      }
    }
    return out.toBytes();
  }

  private interface Child {
    void write(WireWriter out);
  }

  private void scope(WireWriter out) {
    parent(out, FIELD_CHILD, this::span);
  }

  /** A message of which field 2 are children and all else is kept, if any child is. */
  private void parent(WireWriter out, int field, Child child) {
    int before = kept;
    WireWriter written = new WireWriter();
    int outer = wire.enter("parent");
    while (wire.more()) {
      int from = wire.position();
      int tag = wire.tag();
      if (tag == CHILD) {
        child.write(written);
      } else {
        wire.skip(tag);
        written.encoded(body, from, wire.position());
      }
    }
    wire.leave(outer);
    if (kept > before) {
      out.message(field, written);
    }
  }

  private void span(WireWriter out) {
    wire.slice(message, "span");
    switch (choices.get(index++)) {
      case Choice.Kept() -> {
        kept++;
        out.bytes(FIELD_CHILD, body, message.offset(), message.length());
      }
      case Choice.Changed(String traceState) -> {
        kept++;
        WireWriter changed = new WireWriter();
        changed.encoded(body, message.offset(), message.offset() + message.length());
        out.message(FIELD_CHILD, changed.text(FIELD_TRACE_STATE, traceState));
      }
      case Choice.LeftOut() -> {}
    }
  }
}
