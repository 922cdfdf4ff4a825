// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of OTLP's requests by their JSON names, from opentelemetry-proto: name, number, type;
 * {@code *} is repeated. Ids are {@code hex} in JSON and bytes on the wire.
 */
final class OtlpFields {

  private static final String TABLE =
      """
      ExportTraceServiceRequest: resourceSpans 1 ResourceSpans*
      ResourceSpans: resource 1 Resource, scopeSpans 2 ScopeSpans*, schemaUrl 3 string
      ScopeSpans: scope 1 InstrumentationScope, spans 2 Span*, schemaUrl 3 string
      Span: traceId 1 hex, spanId 2 hex, traceState 3 string, parentSpanId 4 hex, name 5 string,\
       kind 6 enum, startTimeUnixNano 7 fixed64, endTimeUnixNano 8 fixed64,\
       attributes 9 KeyValue*, droppedAttributesCount 10 uint32, events 11 Event*,\
       droppedEventsCount 12 uint32, links 13 Link*, droppedLinksCount 14 uint32,\
       status 15 Status, flags 16 fixed32
      Event: timeUnixNano 1 fixed64, name 2 string, attributes 3 KeyValue*,\
       droppedAttributesCount 4 uint32
      Link: traceId 1 hex, spanId 2 hex, traceState 3 string, attributes 4 KeyValue*,\
       droppedAttributesCount 5 uint32, flags 6 fixed32
      Status: message 2 string, code 3 enum

      ExportMetricsServiceRequest: resourceMetrics 1 ResourceMetrics*
      ResourceMetrics: resource 1 Resource, scopeMetrics 2 ScopeMetrics*, schemaUrl 3 string
      ScopeMetrics: scope 1 InstrumentationScope, metrics 2 Metric*, schemaUrl 3 string
      Metric: name 1 string, description 2 string, unit 3 string, gauge 5 Gauge, sum 7 Sum,\
       histogram 9 Histogram, exponentialHistogram 10 ExponentialHistogram, summary 11 Summary,\
       metadata 12 KeyValue*
      Gauge: dataPoints 1 NumberDataPoint*
      Sum: dataPoints 1 NumberDataPoint*, aggregationTemporality 2 enum, isMonotonic 3 bool
      Histogram: dataPoints 1 HistogramDataPoint*, aggregationTemporality 2 enum
      ExponentialHistogram: dataPoints 1 ExponentialHistogramDataPoint*,\
       aggregationTemporality 2 enum
      Summary: dataPoints 1 SummaryDataPoint*
      NumberDataPoint: startTimeUnixNano 2 fixed64, timeUnixNano 3 fixed64, asDouble 4 double,\
       exemplars 5 Exemplar*, asInt 6 sfixed64, attributes 7 KeyValue*, flags 8 uint32
      HistogramDataPoint: startTimeUnixNano 2 fixed64, timeUnixNano 3 fixed64, count 4 fixed64,\
       sum 5 double, bucketCounts 6 fixed64*, explicitBounds 7 double*, exemplars 8 Exemplar*,\
       attributes 9 KeyValue*, flags 10 uint32, min 11 double, max 12 double
      ExponentialHistogramDataPoint: attributes 1 KeyValue*, startTimeUnixNano 2 fixed64,\
       timeUnixNano 3 fixed64, count 4 fixed64, sum 5 double, scale 6 sint32,\
       zeroCount 7 fixed64, positive 8 Buckets, negative 9 Buckets, flags 10 uint32,\
       exemplars 11 Exemplar*, min 12 double, max 13 double, zeroThreshold 14 double
      Buckets: offset 1 sint32, bucketCounts 2 uint64*
      SummaryDataPoint: startTimeUnixNano 2 fixed64, timeUnixNano 3 fixed64, count 4 fixed64,\
       sum 5 double, quantileValues 6 ValueAtQuantile*, attributes 7 KeyValue*, flags 8 uint32
      ValueAtQuantile: quantile 1 double, value 2 double
      Exemplar: timeUnixNano 2 fixed64, asDouble 3 double, spanId 4 hex, traceId 5 hex,\
       asInt 6 sfixed64, filteredAttributes 7 KeyValue*

      ExportLogsServiceRequest: resourceLogs 1 ResourceLogs*
      ResourceLogs: resource 1 Resource, scopeLogs 2 ScopeLogs*, schemaUrl 3 string
      ScopeLogs: scope 1 InstrumentationScope, logRecords 2 LogRecord*, schemaUrl 3 string
      LogRecord: timeUnixNano 1 fixed64, severityNumber 2 enum, severityText 3 string,\
       body 5 AnyValue, attributes 6 KeyValue*, droppedAttributesCount 7 uint32, flags 8 fixed32,\
       traceId 9 hex, spanId 10 hex, observedTimeUnixNano 11 fixed64, eventName 12 string

      Resource: attributes 1 KeyValue*, droppedAttributesCount 2 uint32, entityRefs 3 EntityRef*
      EntityRef: schemaUrl 1 string, type 2 string, idKeys 3 string*, descriptionKeys 4 string*
      InstrumentationScope: name 1 string, version 2 string, attributes 3 KeyValue*,\
       droppedAttributesCount 4 uint32
      KeyValue: key 1 string, value 2 AnyValue
      AnyValue: stringValue 1 string, boolValue 2 bool, intValue 3 int64, doubleValue 4 double,\
       arrayValue 5 ArrayValue, kvlistValue 6 KeyValueList, bytesValue 7 bytes
      ArrayValue: values 1 AnyValue*
      KeyValueList: values 1 KeyValue*
      """;

  private static final Map<String, OtlpFields> MESSAGES =
      TABLE
          .lines()
          .filter(line -> !line.isBlank())
          .map(line -> line.split(": ", 2))
          .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> new OtlpFields(line[1])));

  /** How a value is written. */
  enum Type {
    STRING,
    BYTES,
    HEX,
    BOOL,
    ENUM,
    UINT32,
    FIXED32,
    SINT32,
    INT64,
    UINT64,
    FIXED64,
    SFIXED64,
    DOUBLE,
    MESSAGE
  }

  /**
   * @param message name of the type of a nested message; empty for other types
   */
  record Field(int number, Type type, boolean repeated, String message) {}

  private final Map<String, Field> fields = new HashMap<>();

  private OtlpFields(String line) {
    for (String field : line.split(", ")) {
      String[] words = field.strip().split(" ");
      boolean repeated = words[2].endsWith("*");
      String type = repeated ? words[2].substring(0, words[2].length() - 1) : words[2];
      boolean nested = Character.isUpperCase(type.charAt(0));
      fields.put(
          words[0],
          new Field(
              Integer.parseInt(words[1]),
              nested ? Type.MESSAGE : Type.valueOf(type.toUpperCase(Locale.ROOT)),
              repeated,
              nested ? type : ""));
    }
  }

  /** The fields of a message of the table. */
  static OtlpFields of(String message) {
    OtlpFields found = MESSAGES.get(message);
    if (found == null) {
      throw new IllegalArgumentException("no message " + message + " in the table");
    }
    return found;
  }

  static Set<String> messages() {
    return MESSAGES.keySet();
  }

  /** Null for an unknown field, which OTLP wants ignored. */
  @Nullable Field find(String jsonName) {
    return fields.get(jsonName);
  }

  Map<String, Field> all() {
    return fields;
  }
}
