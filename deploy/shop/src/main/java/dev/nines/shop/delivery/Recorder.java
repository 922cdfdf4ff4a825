// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import dev.nines.shop.traffic.Call;
import dev.nines.shop.traffic.Journey;
import dev.nines.shop.traffic.Region;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Writes journeys as spans through the SDK: a SERVER span for each call in the service that
 * answers, a CLIENT span in the service that asks. Start and end are the script's.
 */
public final class Recorder {

  private final Region region;
  private final Fleet fleet;
  private final long beginNanos;

  /**
   * @param beginNanos the first instant of the run, nanoseconds since 1970
   * @param random for the ids
   */
  public Recorder(Region region, SpanProcessor outbox, long beginNanos, RandomGenerator random) {
    this.region = region;
    this.fleet = new Fleet(region, outbox, new SeededIds(random));
    this.beginNanos = beginNanos;
  }

  public void record(Journey journey) {
    new Trace(journey).serve(journey.edge(), Context.root());
  }

  private final class Trace {
    private final Journey journey;
    private final long zeroNanos;

    Trace(Journey journey) {
      this.journey = journey;
      this.zeroNanos = beginNanos + journey.startNanos();
    }

    void serve(Call call, Context parent) {
      Tracer tracer = fleet.tracer(call.service(), call.version());
      Span span = start(tracer, call.method() + " " + call.route(), SpanKind.SERVER, parent, call);
      span.setAttribute(Attribute.ROUTE, call.route());
      span.setAttribute(Attribute.TIER, journey.tier());
      if (journey.customer() != null) {
        span.setAttribute(Attribute.CUSTOMER, journey.customer());
      }
      span.setAttribute(Attribute.SERVICE_VERSION, call.version());
      Context here = Context.root().with(span);
      call.calls().forEach(next -> ask(tracer, next, here));
      if (call.failed() && call.calls().stream().noneMatch(Call::failed)) {
        exception(span, call);
      }
      end(span, call, call.endNanos());
    }

    private void ask(Tracer tracer, Call call, Context caller) {
      Span span = start(tracer, call.method(), SpanKind.CLIENT, caller, call);
      span.setAttribute(Attribute.PEER, call.service().id());
      if (call.retry() > 0) {
        span.setAttribute(Attribute.RESEND_COUNT, (long) call.retry());
      }
      serve(call, Context.root().with(Span.wrap(remote(span))));
      end(span, call, call.endNanos() + Call.NETWORK_NANOS);
    }

    private Span start(Tracer tracer, String name, SpanKind kind, Context parent, Call call) {
      long network = kind == SpanKind.CLIENT ? Call.NETWORK_NANOS : 0;
      return tracer
          .spanBuilder(name)
          .setSpanKind(kind)
          .setParent(parent)
          .setStartTimestamp(zeroNanos + call.startNanos() - network, TimeUnit.NANOSECONDS)
          .setAttribute(Attribute.METHOD, call.method())
          .setAttribute(Attribute.APP_REGION, region.id())
          .startSpan();
    }

    private void exception(Span span, Call call) {
      Attributes details =
          Attributes.builder()
              .put("exception.type", "dev.shop.UpstreamException")
              .put("exception.message", call.service().id() + " " + call.version() + " failed")
              .build();
      span.addEvent("exception", details, zeroNanos + call.endNanos(), TimeUnit.NANOSECONDS);
    }

    private void end(Span span, Call call, long endNanos) {
      span.setAttribute(Attribute.STATUS, (long) call.status());
      if (call.failed()) {
        span.setAttribute(Attribute.ERROR_TYPE, Integer.toString(call.status()));
        span.setStatus(StatusCode.ERROR, "HTTP " + call.status());
      }
      span.end(zeroNanos + endNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** The callee knows its caller by trace context headers only. */
  private static SpanContext remote(Span span) {
    var context = span.getSpanContext();
    return SpanContext.createFromRemoteParent(
        context.getTraceId(),
        context.getSpanId(),
        context.getTraceFlags(),
        context.getTraceState());
  }
}
