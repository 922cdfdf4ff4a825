// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.traces;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import jakarta.enterprise.context.RequestScoped;

/** The span of the request that is being served. */
@RequestScoped
public class RequestSpan {

  private Span span = Span.getInvalid();

  void set(Span started) {
    span = started;
  }

  Span span() {
    return span;
  }

  /** Of this thread's request; without one, or without its span, nothing. */
  static Context current() {
    ManagedContext request = Arc.container() == null ? null : Arc.container().requestContext();
    return request != null && request.isActive()
        ? Context.root().with(Arc.container().instance(RequestSpan.class).get().span())
        : Context.root();
  }
}
