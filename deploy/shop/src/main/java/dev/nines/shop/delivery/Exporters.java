// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.delivery;

import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.Map;

/** The SDK's own exporters, as a careful user configures them. */
public final class Exporters {

  /** Of a whole export, retries and pauses included. */
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private Exporters() {}

  public static SpanExporter open(Collector collector) {
    return switch (collector.protocol()) {
      case GRPC -> grpc(collector);
      case HTTP -> http(collector);
    };
  }

  private static SpanExporter grpc(Collector collector) {
    return OtlpGrpcSpanExporter.builder()
        .setEndpoint(collector.endpoint().toString())
        .setHeaders(() -> headers(collector))
        .setCompression("gzip")
        .setTimeout(TIMEOUT)
        .setConnectTimeout(CONNECT_TIMEOUT)
        .setRetryPolicy(retries())
        .build();
  }

  private static SpanExporter http(Collector collector) {
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(collector.endpoint().toString())
        .setHeaders(() -> headers(collector))
        .setCompression("gzip")
        .setTimeout(TIMEOUT)
        .setConnectTimeout(CONNECT_TIMEOUT)
        .setRetryPolicy(retries())
        .build();
  }

  /** For metrics. What is delta or cumulative was decided when the points were collected. */
  public static MetricExporter openMetrics(Collector collector) {
    String endpoint = collector.metricsEndpoint().toString();
    return switch (collector.protocol()) {
      case GRPC ->
          OtlpGrpcMetricExporter.builder()
              .setEndpoint(endpoint)
              .setHeaders(() -> headers(collector))
              .setCompression("gzip")
              .setTimeout(TIMEOUT)
              .setConnectTimeout(CONNECT_TIMEOUT)
              .setRetryPolicy(retries())
              .build();
      case HTTP ->
          OtlpHttpMetricExporter.builder()
              .setEndpoint(endpoint)
              .setHeaders(() -> headers(collector))
              .setCompression("gzip")
              .setTimeout(TIMEOUT)
              .setConnectTimeout(CONNECT_TIMEOUT)
              .setRetryPolicy(retries())
              .build();
    };
  }

  private static Map<String, String> headers(Collector collector) {
    String token = collector.token();
    return token == null ? Map.of() : Map.of("authorization", "Bearer " + token);
  }

  /**
   * Pauses of 2, 4, 8 and 15 s. Any broken connection is tried again, also one that broke after the
   * request had left: the collector may then see the same bytes twice.
   */
  private static RetryPolicy retries() {
    return RetryPolicy.builder()
        .setMaxAttempts(5)
        .setInitialBackoff(Duration.ofSeconds(2))
        .setBackoffMultiplier(2)
        .setMaxBackoff(Duration.ofSeconds(15))
        .setRetryExceptionPredicate(failure -> true)
        .build();
  }
}
