// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.BatchIdentity;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as extraction and evaluation write them. */
final class Records {

  static final Instant APPENDED = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.MILLIS);

  private Records() {}

  static ConsumerRecord<byte[], byte[]> accepted(
      String tenant, String region, long seq, ExportTraceServiceRequest request) {
    return received(seq, toSend(tenant, region, seq, request));
  }

  static ConsumerRecord<byte[], byte[]> accepted(
      String tenant, String region, long seq, ExportMetricsServiceRequest request) {
    return received(seq, toSend(tenant, region, seq, request));
  }

  private static ConsumerRecord<byte[], byte[]> received(
      long seq, ProducerRecord<byte[], byte[]> sent) {
    return new ConsumerRecord<>(
        sent.topic(),
        3,
        7_000 + seq,
        APPENDED.toEpochMilli(),
        TimestampType.LOG_APPEND_TIME,
        sent.key().length,
        sent.value().length,
        sent.key(),
        sent.value(),
        new RecordHeaders(sent.headers()),
        Optional.empty());
  }

  static ProducerRecord<byte[], byte[]> toSend(
      String tenant, String region, long seq, ExportTraceServiceRequest request) {
    return toSend(tenant, region, seq, Envelope.TRACES, spans(request), request.toByteArray());
  }

  static ProducerRecord<byte[], byte[]> toSend(
      String tenant, String region, long seq, ExportMetricsServiceRequest request) {
    return toSend(tenant, region, seq, Envelope.METRICS, points(request), request.toByteArray());
  }

  private static ProducerRecord<byte[], byte[]> toSend(
      String tenant, String region, long seq, String signal, int items, byte[] body) {
    BatchIdentity identity = BatchIdentity.of(tenant, signal, body);
    Envelope envelope =
        new Envelope(
            identity, tenant, signal, 0, 1, items, APPENDED.minusMillis(20), "collector-1", body);
    Map<String, byte[]> headers = new LinkedHashMap<>(envelope.headers());
    headers.putAll(new Acceptance(APPENDED, region, "0_3", seq).headers());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            TelemetryTopics.accepted(region).name(), null, null, identity.bytes(), body);
    headers.forEach(record.headers()::add);
    return record;
  }

  static <T> ConsumerRecord<byte[], byte[]> json(
      Class<T> type, String topic, long offset, T value) {
    byte[] json = new JsonSerde<>(type).write(value);
    return new ConsumerRecord<>(
        topic,
        1,
        offset,
        APPENDED.toEpochMilli(),
        TimestampType.CREATE_TIME,
        0,
        json.length,
        new byte[0],
        json,
        new RecordHeaders(),
        Optional.empty());
  }

  static int spans(ExportTraceServiceRequest request) {
    return request.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .mapToInt(scope -> scope.getSpansCount())
        .sum();
  }

  /** As {@code points} by type in protobuf-java's view. */
  static int points(ExportMetricsServiceRequest request) {
    return request.getResourceMetricsList().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .flatMap(scope -> scope.getMetricsList().stream())
        .mapToInt(
            metric ->
                metric.getGauge().getDataPointsCount()
                    + metric.getSum().getDataPointsCount()
                    + metric.getHistogram().getDataPointsCount()
                    + metric.getExponentialHistogram().getDataPointsCount()
                    + metric.getSummary().getDataPointsCount())
        .sum();
  }
}
