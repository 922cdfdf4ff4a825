// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import dev.nines.server.health.HealthResource;
import dev.nines.server.health.MetricsResource;
import dev.nines.server.openapi.DocsResource;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A span for each request of the API to which access was granted. The traces are fetched late: a
 * filter is made before the settings.
 */
@Provider
@Priority(Priorities.AUTHENTICATION + 1)
public final class RequestTrace implements ContainerRequestFilter, ContainerResponseFilter {

  /** Open to everybody: a stranger must not fill the store. */
  private static final Set<Class<?>> OPEN =
      Set.of(HealthResource.class, MetricsResource.class, DocsResource.class);

  /** Key of the trace in the lines of the log. */
  private static final String TRACE = "traceId";

  private static final String SPAN = "nines.span";
  private static final int SERVER_ERROR = 500;

  private final ResourceInfo resource;
  private final Instance<OwnTraces> lateTraces;
  private final RequestSpan current;

  public RequestTrace(
      @jakarta.ws.rs.core.Context ResourceInfo resource,
      Instance<OwnTraces> traces,
      RequestSpan current) {
    this.resource = resource;
    this.lateTraces = traces;
    this.current = current;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    OwnTraces traces = lateTraces.get();
    if (!traces.active() || OPEN.contains(resource.getResourceClass())) {
      return;
    }
    String route = route();
    Span span = traces.start(request.getMethod() + " " + route, SpanKind.SERVER, Context.root());
    span.setAttribute("http.request.method", request.getMethod());
    span.setAttribute("http.route", route);
    current.set(span);
    request.setProperty(SPAN, span);
    MDC.put(TRACE, span.getSpanContext().getTraceId());
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(SPAN) instanceof Span span) {
      span.setAttribute("http.response.status_code", response.getStatus());
      if (response.getStatus() >= SERVER_ERROR) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
      MDC.remove(TRACE);
    }
  }

  /** The path with its parameters' names: a bounded set. */
  private String route() {
    String ofClass = path(resource.getResourceClass().getAnnotation(Path.class));
    String ofMethod = path(resource.getResourceMethod().getAnnotation(Path.class));
    return ofClass + ofMethod;
  }

  private static String path(@Nullable Path annotation) {
    if (annotation == null) {
      return "";
    }
    String value = annotation.value();
    return value.startsWith("/") ? value : "/" + value;
  }
}
