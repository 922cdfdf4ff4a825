// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

/**
 * One span under the walk, as slices of the body. Reused from span to span.
 *
 * <p>Times are nanoseconds since 1970.
 */
public final class SpanView {

  /** OTLP status code of a failed span. */
  public static final int STATUS_ERROR = 2;

  final Slice message = new Slice();
  final Slice traceId = new Slice();
  final Slice spanId = new Slice();
  final Slice parentSpanId = new Slice();
  final Slice traceState = new Slice();
  final Slice name = new Slice();
  final Slice statusMessage = new Slice();
  final Slice serviceName = new Slice();
  final Slice scopeName = new Slice();
  final AttributeList resourceAttributes = new AttributeList();
  final AttributeList attributes = new AttributeList();
  final SliceList events = new SliceList();
  final SliceList links = new SliceList();
  int kind;
  int statusCode;
  long startNanos;
  long endNanos;
  long index;

  /** The whole OTLP {@code Span}. */
  public Slice message() {
    return message;
  }

  public Slice traceId() {
    return traceId;
  }

  public Slice spanId() {
    return spanId;
  }

  /** Forgets the last span; what resource and scope gave stays. */
  void clearSpan() {
    traceId.clear();
    spanId.clear();
    parentSpanId.clear();
    traceState.clear();
    name.clear();
    statusMessage.clear();
    attributes.clear();
    events.clear();
    links.clear();
    kind = 0;
    statusCode = 0;
    startNanos = 0;
    endNanos = 0;
  }

  /** Empty for a root span. */
  public Slice parentSpanId() {
    return parentSpanId;
  }

  public Slice traceState() {
    return traceState;
  }

  public Slice name() {
    return name;
  }

  public Slice statusMessage() {
    return statusMessage;
  }

  /** Resource attribute {@code service.name}; empty when absent. */
  public Slice serviceName() {
    return serviceName;
  }

  public Slice scopeName() {
    return scopeName;
  }

  public AttributeList resourceAttributes() {
    return resourceAttributes;
  }

  public AttributeList attributes() {
    return attributes;
  }

  /** Each slice is a well-formed OTLP {@code Span.Event}: read it with {@link EventView}. */
  public SliceList events() {
    return events;
  }

  /** Each slice is a well-formed OTLP {@code Span.Link}: read it with {@link LinkView}. */
  public SliceList links() {
    return links;
  }

  /** 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  public int kind() {
    return kind;
  }

  /** 0 unset, 1 ok, 2 error. */
  public int statusCode() {
    return statusCode;
  }

  public long startNanos() {
    return startNanos;
  }

  public long endNanos() {
    return endNanos;
  }

  /** Position of the span in its body, from 0. */
  public long index() {
    return index;
  }

  /** Never negative, whatever the client's clock did. */
  public long durationNanos() {
    return Math.max(0, endNanos - startNanos);
  }

  public boolean failed() {
    return statusCode == STATUS_ERROR;
  }
}
