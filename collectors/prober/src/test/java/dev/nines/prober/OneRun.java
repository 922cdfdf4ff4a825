// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.nines.prober.check.Callers;
import dev.nines.prober.definition.Probe;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.prometheus.client.CollectorRegistry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** One probe run for real, and its span taken apart. */
record OneRun(Span span, Map<String, Object> attributes, double counted) {

  static final int BODY_BYTES_MAX = 1_000;

  static OneRun of(Probe probe) throws InvalidProtocolBufferException {
    return of(probe, InstantSource.system());
  }

  static OneRun of(Probe probe, InstantSource clock) throws InvalidProtocolBufferException {
    CollectorRegistry registry = new CollectorRegistry();
    List<byte[]> spans = new ArrayList<>();
    try (Callers callers = new Callers(List.of(probe), BODY_BYTES_MAX, clock)) {
      new Runner(
              callers,
              new SpanEncoder("here", "0"),
              spans::add,
              new Pulse(System.nanoTime() + TimeUnit.HOURS.toNanos(1)),
              new ProberMetrics(registry),
              clock,
              System::nanoTime,
              RandomGenerator.getDefault())
          .run(new Route(probe, probe.targets().getFirst()));
    }
    if (spans.size() != 1) {
      throw new AssertionError(spans.size() + " spans of one run");
    }
    Span span = Span.parseFrom(spans.getFirst());
    Map<String, Object> attributes = attributes(span);
    String outcome = attributes.getOrDefault("error.type", "passed").toString();
    Double counted =
        registry.getSampleValue(
            "nines_prober_runs_total",
            new String[] {"kind", "outcome"},
            new String[] {probe.check().kind(), outcome});
    return new OneRun(span, attributes, counted == null ? 0 : counted);
  }

  static Map<String, Object> attributes(Span span) {
    Map<String, Object> attributes = new HashMap<>();
    for (KeyValue pair : span.getAttributesList()) {
      attributes.put(pair.getKey(), value(pair.getValue()));
    }
    return attributes;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      default -> value.getStringValue();
    };
  }

  /** {@code passed}, or the reason; the span's status must say the same. */
  String outcome() {
    String reason = attributes.getOrDefault("error.type", "passed").toString();
    boolean error = span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR;
    if (error == reason.equals("passed") || counted != 1) {
      throw new AssertionError(reason + " and " + span.getStatus() + ", counted " + counted);
    }
    return reason;
  }

  String message() {
    return span.getStatus().getMessage();
  }

  /** Names of the phases that it went through. */
  List<String> phases() {
    return attributes.keySet().stream()
        .filter(key -> key.endsWith(".ms"))
        .map(key -> key.substring("probe.".length(), key.length() - ".ms".length()))
        .sorted()
        .toList();
  }
}
