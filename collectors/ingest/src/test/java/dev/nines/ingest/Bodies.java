// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Request bodies. */
final class Bodies {

  private static final byte[] TRACE_ID = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  private Bodies() {}

  static byte[] spans(String... names) {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (String name : names) {
      scope.addSpans(span(name));
    }
    return body(scope);
  }

  static byte[] body(ScopeSpans.Builder scope) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  /** A gauge with a point per value. */
  static byte[] gauges(String name, long... values) {
    Metric.Builder metric = Metric.newBuilder().setName(name);
    for (long value : values) {
      metric.getGaugeBuilder().addDataPointsBuilder().setTimeUnixNano(1).setAsInt(value);
    }
    return body(metric);
  }

  private static byte[] body(Metric.Builder metric) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
        .build()
        .toByteArray();
  }

  /** A gauge with a point for each of some values of a label. */
  static byte[] series(String name, String label, int values) {
    Metric.Builder metric = Metric.newBuilder().setName(name);
    for (int i = 0; i < values; i++) {
      KeyValue.Builder value = KeyValue.newBuilder().setKey(label);
      value.getValueBuilder().setStringValue("v" + i);
      metric
          .getGaugeBuilder()
          .addDataPointsBuilder()
          .setTimeUnixNano(1)
          .setAsInt(i)
          .addAttributes(value);
    }
    return body(metric);
  }

  static Span.Builder span(String name) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(TRACE_ID))
        .setSpanId(ByteString.copyFromUtf8("spanspan"))
        .setName(name);
  }

  /** A body of about this many bytes in spans of 64 KiB that compress to an eighth. */
  static byte[] large(int mebibytes) {
    Random random = new Random(mebibytes);
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (int i = 0; i < mebibytes * 16; i++) {
      byte[] noise = new byte[8 << 10];
      random.nextBytes(noise);
      ByteString state =
          ByteString.copyFrom(noise).concat(ByteString.copyFrom(new byte[(56 << 10) - 64]));
      scope.addSpans(span("large").setTraceStateBytes(ByteString.copyFrom(ascii(state))));
    }
    return body(scope);
  }

  private static byte[] ascii(ByteString bytes) {
    byte[] text = bytes.toByteArray();
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) (32 + (text[i] & 63));
    }
    return text;
  }

  static byte[] deflate(byte[] plain) {
    return compressed(plain, DeflaterOutputStream::new);
  }

  static byte[] gzip(byte[] plain) {
    return compressed(plain, GZIPOutputStream::new);
  }

  private interface Compression {
    OutputStream open(OutputStream out) throws IOException;
  }

  private static byte[] compressed(byte[] plain, Compression compression) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = compression.open(bytes)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
