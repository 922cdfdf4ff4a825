// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.truth.Batch;
import dev.nines.demo.truth.ShopFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads {@code points.jsonl} and {@code exports.jsonl} of a finished shop. */
public final class PointFiles {

  private PointFiles() {}

  public static PointLog read(Path folder) throws IOException {
    Map<String, SentPoint> points = new HashMap<>();
    ShopFiles.lines(folder.resolve("points.jsonl"), line -> add(points, point(line)));
    Map<String, Batch> exports = ShopFiles.batches(folder.resolve("exports.jsonl"), "export");
    return new PointLog(points, exports);
  }

  private static void add(Map<String, SentPoint> points, SentPoint point) {
    if (points.put(point.key(), point) != null) {
      throw new IllegalStateException("the shop logged point " + point.key() + " twice");
    }
  }

  private static SentPoint point(JsonNode line) {
    Map<String, String> attributes = new HashMap<>();
    line.path("attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return new SentPoint(
        line.path("export").asText(),
        line.path("region").asText(),
        line.path("service").asText(),
        line.path("version").asText(),
        line.path("metric").asText(),
        line.path("temporality").asText().equals("cumulative"),
        line.path("startNanos").asLong(),
        line.path("timeNanos").asLong(),
        attributes,
        measured(line));
  }

  private static Measured measured(JsonNode line) {
    if (line.has("histogram")) {
      JsonNode histogram = line.path("histogram");
      return new Measured.Histogram(
          histogram.path("sum").asDouble(),
          list(histogram.path("bounds"), JsonNode::asDouble),
          list(histogram.path("counts"), JsonNode::asLong));
    }
    if (line.has("exponential")) {
      JsonNode exponential = line.path("exponential");
      return new Measured.Exponential(
          exponential.path("sum").asDouble(),
          exponential.path("scale").asInt(),
          exponential.path("zeroCount").asLong(),
          exponential.path("offset").asInt(),
          list(exponential.path("counts"), JsonNode::asLong));
    }
    return new Measured.Counter(line.path("value").asLong());
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
    List<T> values = new ArrayList<>();
    array.forEach(node -> values.add(each.apply(node)));
    return values;
  }
}
