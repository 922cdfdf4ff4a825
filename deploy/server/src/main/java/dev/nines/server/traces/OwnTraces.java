// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.prometheus.client.CollectorRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes spans of the platform and sends them to a collector; without an endpoint it makes none. */
public final class OwnTraces {

  /** Whose spans they are; telemetry of this tenant is never traced. */
  public static final String TENANT = "nines";

  public static final String SERVICE = "nines-server";

  private static final long LAST_SECONDS = 1;

  private final Tracer tracer;
  private final @Nullable SdkTracerProvider provider;

  private OwnTraces(Tracer tracer, @Nullable SdkTracerProvider provider) {
    this.tracer = tracer;
    this.provider = provider;
  }

  public static OwnTraces none() {
    return new OwnTraces(TracerProvider.noop().get(SERVICE), null);
  }

  static OwnTraces to(SpanExporter exporter, String instance, CollectorRegistry registry) {
    Attributes resource =
        Attributes.builder()
            .put("service.name", SERVICE)
            .put("service.instance.id", instance)
            .build();
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(resource))
            .addSpanProcessor(new BoundedSpans(exporter, registry))
            .build();
    return new OwnTraces(provider.get(SERVICE), provider);
  }

  boolean active() {
    return provider != null;
  }

  Span start(String name, SpanKind kind, Context parent) {
    return tracer.spanBuilder(name).setSpanKind(kind).setParent(parent).startSpan();
  }

  /** A span around the work; what the work throws ends it as an error. */
  <T> T within(Span span, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      span.setStatus(StatusCode.ERROR, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      span.end();
    }
  }

  void close() {
    if (provider != null) {
      provider.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
  }
}
