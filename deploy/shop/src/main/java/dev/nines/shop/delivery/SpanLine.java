// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code spans.jsonl}: a span that was handed to an exporter. The outcome is its
 * batch's.
 *
 * @param parentSpanId absent for a root
 * @param version resource attribute {@code service.version}
 * @param kind {@code SERVER} or {@code CLIENT}
 * @param startNanos nanoseconds since 1970, as {@code endNanos}
 * @param error whether the span's status is ERROR
 * @param status {@code http.response.status_code}
 * @param tier {@code customer.tier}; on SERVER spans
 * @param customer {@code customer.id}; on SERVER spans of an enterprise's journeys
 * @param route {@code http.route}; on SERVER spans
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SpanLine(
    String traceId,
    String spanId,
    @Nullable String parentSpanId,
    String batch,
    String region,
    String service,
    @Nullable String version,
    String name,
    String kind,
    long startNanos,
    long endNanos,
    boolean error,
    @Nullable Long status,
    @Nullable String tier,
    @Nullable String customer,
    @Nullable String route) {

  static SpanLine of(SpanData span, Batch batch) {
    var attributes = span.getAttributes();
    var resource = span.getResource();
    boolean root = !span.getParentSpanContext().isValid();
    return new SpanLine(
        span.getTraceId(),
        span.getSpanId(),
        root ? null : span.getParentSpanId(),
        batch.id(),
        batch.region().id(),
        String.valueOf(resource.getAttribute(Attribute.SERVICE_NAME)),
        resource.getAttribute(Attribute.SERVICE_VERSION),
        span.getName(),
        span.getKind().name(),
        span.getStartEpochNanos(),
        span.getEndEpochNanos(),
        span.getStatus().getStatusCode() == StatusCode.ERROR,
        attributes.get(Attribute.STATUS),
        attributes.get(Attribute.TIER),
        attributes.get(Attribute.CUSTOMER),
        attributes.get(Attribute.ROUTE));
  }
}
