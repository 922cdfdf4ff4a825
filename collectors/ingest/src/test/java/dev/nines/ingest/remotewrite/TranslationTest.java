// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import static dev.nines.ingest.remotewrite.Wire.label;
import static dev.nines.ingest.remotewrite.Wire.message;
import static dev.nines.ingest.remotewrite.Wire.nested;
import static dev.nines.ingest.remotewrite.Wire.sample;
import static dev.nines.ingest.remotewrite.Wire.series;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ingest.remotewrite.Wire.Fields;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random requests of both versions: what OpenTelemetry's own classes read of the translation is
 * what went in, point by point.
 */
class TranslationTest {

  private static final long TIME = 1_700_000_000_000L;
  private static final List<String> NAMES = List.of("orders_total", "load", "größe", "orders");
  private static final List<String> VALUES = List.of("", "a", "b", "Zürich", "\uD83D\uDE80");
  private static final List<String> LABELS =
      List.of("job", "instance", "zone", "le", "a", "aa", "ü", "service.name");

  /** What identifies a point, and its value; the store has it with all labels. */
  private record Point(Map<String, String> labels, boolean counter, long millis, double value) {}

  @Test
  void everyPointIsThereOnceWithItsLabels() {
    Random random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      List<Point> sent = new ArrayList<>();
      for (int n = random.nextInt(12); n > 0; n--) {
        points(random, sent);
      }
      assertThat(read(RemoteWrite.translate(Version.V1, first(random, sent), bytes -> {})))
          .isEqualTo(sent);
      assertThat(read(RemoteWrite.translate(Version.V2, second(random, sent), bytes -> {})))
          .isEqualTo(sent);
    }
  }

  private static void points(Random random, List<Point> into) {
    TreeMap<String, String> labels = new TreeMap<>();
    String name = NAMES.get(random.nextInt(NAMES.size()));
    labels.put("__name__", name);
    for (String label : LABELS) {
      if (random.nextBoolean()) {
        labels.put(label, VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    labels.values().removeIf(String::isEmpty);
    for (int n = random.nextInt(3); n >= 0; n--) {
      long millis = TIME + random.nextInt(1_000);
      into.add(new Point(labels, name.endsWith("_total"), millis, random.nextInt(9)));
    }
  }

  private static byte[] first(Random random, List<Point> points) {
    return message(
        points.stream()
            .map(
                point -> {
                  List<Fields> fields = new ArrayList<>();
                  point.labels.forEach((name, value) -> fields.add(label(name, value)));
                  fields.add(label("empty", ""));
                  Collections.shuffle(fields, random);
                  fields.add(random.nextInt(fields.size()), sample(point.value, point.millis));
                  return series(fields.toArray(Fields[]::new));
                })
            .toArray(Fields[]::new));
  }

  private static byte[] second(Random random, List<Point> points) {
    List<String> symbols = new ArrayList<>(List.of(""));
    List<Fields> fields = new ArrayList<>();
    for (Point point : points) {
      List<Map.Entry<String, String>> labels = new ArrayList<>(point.labels.entrySet());
      Collections.shuffle(labels, random);
      Fields references =
          nested(
              1,
              out -> {
                for (Map.Entry<String, String> each : labels) {
                  out.writeUInt32NoTag(symbol(symbols, each.getKey()));
                  out.writeUInt32NoTag(symbol(symbols, each.getValue()));
                }
              });
      fields.add(nested(5, sample(point.value, point.millis), references));
    }
    Fields texts =
        out -> {
          for (String symbol : symbols) {
            out.writeString(4, symbol);
          }
        };
    byte[] series = message(fields.toArray(Fields[]::new));
    Fields all = out -> out.writeRawBytes(series);
    return random.nextBoolean() ? message(texts, all) : message(all, texts);
  }

  private static int symbol(List<String> symbols, String text) {
    int known = symbols.indexOf(text);
    if (known < 0) {
      symbols.add(text);
    }
    return known < 0 ? symbols.size() - 1 : known;
  }

  private static List<Point> read(RemoteWrite.Translation translation) {
    List<Point> points = new ArrayList<>();
    ExportMetricsServiceRequest request = RemoteWriteTest.otlp(translation);
    for (ResourceMetrics origin : request.getResourceMetricsList()) {
      for (Metric metric : origin.getScopeMetrics(0).getMetricsList()) {
        List<NumberDataPoint> all =
            metric.hasSum()
                ? metric.getSum().getDataPointsList()
                : metric.getGauge().getDataPointsList();
        all.forEach(point -> points.add(point(origin, metric, point)));
      }
    }
    assertThat(translation.rules()).isEmpty();
    assertThat(translation.samples()).isEqualTo(points.size());
    return points;
  }

  private static Point point(ResourceMetrics origin, Metric metric, NumberDataPoint point) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("__name__", metric.getName());
    for (KeyValue each : point.getAttributesList()) {
      labels.put(each.getKey(), each.getValue().getStringValue());
    }
    for (KeyValue each : origin.getResource().getAttributesList()) {
      boolean job = each.getKey().equals("service.name");
      labels.put(job ? "job" : "instance", each.getValue().getStringValue());
    }
    return new Point(
        labels, metric.hasSum(), point.getTimeUnixNano() / 1_000_000, point.getAsDouble());
  }
}
