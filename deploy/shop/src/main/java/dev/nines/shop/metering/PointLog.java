// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import dev.nines.shop.delivery.JsonLines;
import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code exports.jsonl} and {@code points.jsonl}. An export and its points are in the files before
 * the exporter gets them, so that even after a SIGKILL nothing was sent that is not logged.
 *
 * <p>Used by one thread.
 */
public final class PointLog implements AutoCloseable {

  private final JsonLines exports;
  private final JsonLines points;

  private PointLog(JsonLines exports, JsonLines points) {
    this.exports = exports;
    this.points = points;
  }

  public static PointLog create(Path directory) throws IOException {
    return new PointLog(
        JsonLines.create(directory.resolve("exports.jsonl")),
        JsonLines.create(directory.resolve("points.jsonl")));
  }

  /** Logs what is about to leave; its line in {@code exports.jsonl} follows. */
  void points(Export export) {
    export.metrics().stream()
        .flatMap(metric -> PointLine.of(export, metric))
        .forEach(points::write);
    points.flush();
  }

  void write(ExportLine line) {
    exports.write(line);
    exports.flush();
  }

  @Override
  public void close() throws IOException {
    try (exports) {
      points.close();
    }
  }
}
