// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where texts are in the messages of OTLP, from opentelemetry-proto: a line a message, its fields
 * of variable length by number, and the integer that may stand for a text. Ids are bytes that are
 * no text.
 */
final class TextFields {

  private static final String TABLE =
      """
      ExportTraceServiceRequest: 1 ResourceSpans
      ResourceSpans: 1 Resource, 2 ScopeSpans, 3 text
      ScopeSpans: 1 InstrumentationScope, 2 Span, 3 text
      Span: 1 id, 2 id, 3 text, 4 id, 5 text, 9 KeyValue, 11 Event, 13 Link, 15 Status
      Event: 2 text, 3 KeyValue
      Link: 1 id, 2 id, 3 text, 4 KeyValue
      Status: 2 text

      ExportMetricsServiceRequest: 1 ResourceMetrics
      ResourceMetrics: 1 Resource, 2 ScopeMetrics, 3 text
      ScopeMetrics: 1 InstrumentationScope, 2 Metric, 3 text
      Metric: 1 text, 2 text, 3 text, 5 Gauge, 7 Sum, 9 Histogram, 10 ExponentialHistogram,\
       11 Summary, 12 KeyValue
      Gauge: 1 NumberDataPoint
      Sum: 1 NumberDataPoint
      Histogram: 1 HistogramDataPoint
      ExponentialHistogram: 1 ExponentialHistogramDataPoint
      Summary: 1 SummaryDataPoint
      NumberDataPoint: 5 Exemplar, 7 KeyValue
      HistogramDataPoint: 6 numbers, 7 numbers, 8 Exemplar, 9 KeyValue
      ExponentialHistogramDataPoint: 1 KeyValue, 8 Buckets, 9 Buckets, 11 Exemplar
      Buckets: 2 numbers
      SummaryDataPoint: 6 ValueAtQuantile, 7 KeyValue
      ValueAtQuantile:
      Exemplar: 4 id, 5 id, 7 KeyValue

      Resource: 1 KeyValue, 3 EntityRef
      EntityRef: 1 text, 2 text, 3 text, 4 text
      InstrumentationScope: 1 text, 2 text, 3 KeyValue
      KeyValue: 1 text, 2 AnyValue
      AnyValue: 1 text, 3 integer, 5 ArrayValue, 6 KeyValueList, 7 text
      ArrayValue: 1 AnyValue
      KeyValueList: 1 KeyValue
      """;

  /** What a field holds. */
  enum Content {
    UNKNOWN,
    TEXT,
    INTEGER,
    ID,
    NUMBERS,
    MESSAGE
  }

  private record Field(Content content, String message) {}

  private static final Field UNKNOWN = new Field(Content.UNKNOWN, "");
  private static final Map<String, TextFields> MESSAGES = read();

  private final Map<Integer, Field> table;
  private Content[] contents = {};
  private @Nullable TextFields[] messages = {};

  private TextFields(Map<Integer, Field> table) {
    this.table = table;
  }

  static TextFields request(Signal signal) {
    return of(
        switch (signal) {
          case TRACES -> "ExportTraceServiceRequest";
          case METRICS -> "ExportMetricsServiceRequest";
          case LOGS -> throw new IllegalArgumentException("no log is kept");
        });
  }

  Content content(int number) {
    return number < contents.length ? contents[number] : Content.UNKNOWN;
  }

  /** The fields of a nested message. */
  TextFields message(int number) {
    TextFields found = messages[number];
    if (found == null) {
      throw new IllegalArgumentException("field " + number + " holds no message");
    }
    return found;
  }

  /** The table as it is compared with the published descriptors. */
  static Map<String, List<String>> lines() {
    return TABLE
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split(":", 2))
        .collect(
            Collectors.toMap(
                line -> line[0],
                line ->
                    Arrays.stream(line[1].split(","))
                        .map(String::strip)
                        .filter(field -> !field.isEmpty())
                        .toList()));
  }

  private static Map<String, TextFields> read() {
    Map<String, TextFields> read =
        lines().entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, line -> new TextFields(fields(line.getValue()))));
    read.values().forEach(message -> message.link(read::get));
    return read;
  }

  private static Map<Integer, Field> fields(List<String> line) {
    return line.stream()
        .map(field -> field.split(" "))
        .collect(Collectors.toMap(words -> Integer.valueOf(words[0]), words -> field(words[1])));
  }

  private static Field field(String word) {
    return Character.isUpperCase(word.charAt(0))
        ? new Field(Content.MESSAGE, word)
        : new Field(Content.valueOf(word.toUpperCase(Locale.ROOT)), "");
  }

  private void link(Function<String, @Nullable TextFields> byName) {
    int size = table.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    contents = new Content[size];
    messages = new TextFields[size];
    for (int number = 0; number < size; number++) {
      Field field = table.getOrDefault(number, UNKNOWN);
      contents[number] = field.content;
      messages[number] = byName.apply(field.message);
    }
  }

  private static TextFields of(String message) {
    TextFields found = MESSAGES.get(message);
    if (found == null) {
      throw new IllegalArgumentException("no message " + message + " in the table");
    }
    return found;
  }
}
