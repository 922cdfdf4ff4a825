// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import dev.nines.scraper.exposition.Exemplar;
import dev.nines.scraper.exposition.Point;
import dev.nines.telemetry.WireWriter;
import java.util.HexFormat;
import java.util.List;

/** OTLP messages of points, without their attributes. */
final class Fields {

  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private Fields() {}

  static WireWriter attribute(String key, String value) {
    return new WireWriter().text(1, key).message(2, new WireWriter().text(1, value));
  }

  static WireWriter attribute(String key, long value) {
    return new WireWriter().text(1, key).message(2, new WireWriter().varint(3, value));
  }

  static WireWriter number(double value, long timeNanos) {
    return new WireWriter().fixed64(3, timeNanos).fixed64(4, Double.doubleToLongBits(value));
  }

  /**
   * @param timeNanos of the scrape, where the endpoint gives none
   */
  static WireWriter point(Point point, long timeNanos) {
    return switch (point) {
      case Point.Number number -> number(number, timeNanos);
      case Point.Histogram histogram -> histogram(histogram, timeNanos);
      case Point.Summary summary -> summary(summary, timeNanos);
    };
  }

  private static WireWriter number(Point.Number point, long timeNanos) {
    WireWriter fields = number(point.value(), timeNanos);
    start(fields, point.createdNanos());
    exemplars(fields, 5, point.exemplars(), timeNanos);
    return fields;
  }

  private static WireWriter histogram(Point.Histogram point, long timeNanos) {
    WireWriter fields = new WireWriter().fixed64(3, timeNanos).fixed64(4, point.count());
    start(fields, point.createdNanos());
    point.sum().ifPresent(sum -> fields.fixed64(5, Double.doubleToLongBits(sum)));
    int counts = fields.open(6);
    point.counts().forEach(fields::rawFixed64);
    fields.close(counts);
    int bounds = fields.open(7);
    point.bounds().forEach(bound -> fields.rawFixed64(Double.doubleToLongBits(bound)));
    fields.close(bounds);
    exemplars(fields, 8, point.exemplars(), timeNanos);
    return fields;
  }

  private static WireWriter summary(Point.Summary point, long timeNanos) {
    WireWriter fields = new WireWriter().fixed64(3, timeNanos).fixed64(4, point.count());
    start(fields, point.createdNanos());
    fields.fixed64(5, Double.doubleToLongBits(point.sum()));
    for (Point.Quantile quantile : point.quantiles()) {
      fields.message(
          6,
          new WireWriter()
              .fixed64(1, Double.doubleToLongBits(quantile.quantile()))
              .fixed64(2, Double.doubleToLongBits(quantile.value())));
    }
    return fields;
  }

  private static void start(WireWriter fields, long nanos) {
    if (nanos > 0) {
      fields.fixed64(2, nanos);
    }
  }

  private static void exemplars(
      WireWriter fields, int field, List<Exemplar> exemplars, long timeNanos) {
    exemplars.forEach(exemplar -> fields.message(field, exemplar(exemplar, timeNanos)));
  }

  /** What is no id stays an attribute. */
  private static WireWriter exemplar(Exemplar exemplar, long timeNanos) {
    WireWriter fields =
        new WireWriter()
            .fixed64(2, exemplar.timeNanos() > 0 ? exemplar.timeNanos() : timeNanos)
            .fixed64(3, Double.doubleToLongBits(exemplar.value()));
    exemplar
        .labels()
        .forEach(
            (name, value) -> {
              byte[] id = id(name, value);
              if (id.length == 0) {
                fields.message(7, attribute(name, value));
              } else {
                fields.bytes(id.length == TRACE_ID_BYTES ? 5 : 4, id);
              }
            });
    return fields;
  }

  private static byte[] id(String name, String value) {
    int bytes =
        switch (name) {
          case "trace_id" -> TRACE_ID_BYTES;
          case "span_id" -> SPAN_ID_BYTES;
          default -> 0;
        };
    if (bytes == 0 || value.length() != 2 * bytes) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(value);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
