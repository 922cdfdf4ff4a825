// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Families of every type that a format has, with names and values of every kind. */
final class RandomFamilies {

  private static final String CHARACTERS = "ab_:09 .{}\"\\\n,=#ü€\uD83D\uDE00\t";

  private final Random random;
  private final Syntax syntax;

  RandomFamilies(Random random, Syntax syntax) {
    this.random = random;
    this.syntax = syntax;
  }

  List<Family> next() {
    List<FamilyType> types =
        syntax == Syntax.TEXT
            ? List.of(
                FamilyType.COUNTER,
                FamilyType.GAUGE,
                FamilyType.HISTOGRAM,
                FamilyType.SUMMARY,
                FamilyType.UNKNOWN)
            : List.of(FamilyType.values());
    List<Family> families = new ArrayList<>();
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      families.add(family("m" + i + "x", types.get(random.nextInt(types.size()))));
    }
    return families;
  }

  private Family family(String start, FamilyType type) {
    boolean unit =
        syntax == Syntax.OPEN_METRICS
            && type != FamilyType.INFO
            && type != FamilyType.STATE_SET
            && random.nextInt(3) == 0;
    String name = start + (random.nextInt(3) == 0 ? text() : "") + (unit ? "_seconds" : "");
    Map<Labels, Point> points = new LinkedHashMap<>();
    int count = 1 + random.nextInt(4);
    boolean timed = random.nextInt(3) == 0;
    for (int i = 0; i < count; i++) {
      Labels labels = labels();
      if (type == FamilyType.STATE_SET) {
        labels = with(with(labels, name, "s" + text()), "number", Integer.toString(i));
      }
      points.put(labels, point(name, type, labels, timed));
    }
    List<Point> all = new ArrayList<>(points.values());
    // The text format has no such thing as a help that begins with a blank.
    String help = random.nextBoolean() ? "h" + text() : "";
    return new Family(name, type, help, unit ? "seconds" : "", all);
  }

  private Point point(String name, FamilyType type, Labels labels, boolean timed) {
    long time = timed ? time() : Point.NO_TIME;
    boolean hasCreated = syntax == Syntax.OPEN_METRICS && random.nextBoolean();
    long created = hasCreated ? 1_600_000_000_000_000_000L + random.nextInt(1000) * 1_000_000L : 0;
    return switch (type) {
      case COUNTER -> {
        boolean om = syntax == Syntax.OPEN_METRICS;
        double value = om ? Math.abs(finite()) : value();
        List<Exemplar> exemplars = om && random.nextBoolean() ? List.of(exemplar()) : List.of();
        String sample = om ? name + "_total" : name;
        yield new Point.Number(sample, labels, value, time, created, exemplars, 0);
      }
      case GAUGE, UNKNOWN -> new Point.Number(name, labels, value(), time, 0, List.of(), 0);
      case INFO -> new Point.Number(name + "_info", labels, 1, time, 0, List.of(), 0);
      case STATE_SET -> new Point.Number(name, labels, random.nextInt(2), time, 0, List.of(), 0);
      case GAUGE_HISTOGRAM ->
          new Point.Number(name + "_bucket", with(labels, "le", "+Inf"), 7, time, 0, List.of(), 0);
      case HISTOGRAM -> histogram(labels, time, created);
      case SUMMARY ->
          new Point.Summary(labels, quantiles(), finite(), random.nextInt(1000), time, created, 0);
    };
  }

  private Point histogram(Labels labels, long time, long created) {
    TreeSet<Double> bounds = new TreeSet<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      bounds.add(Math.abs(finite()));
    }
    List<Long> counts = new ArrayList<>();
    List<Exemplar> exemplars = new ArrayList<>();
    for (int i = 0; i <= bounds.size(); i++) {
      counts.add((long) random.nextInt(1000));
      if (syntax == Syntax.OPEN_METRICS && exemplars.size() == i && random.nextBoolean()) {
        exemplars.add(exemplar());
      }
    }
    OptionalDouble sum =
        random.nextBoolean() ? OptionalDouble.of(finite()) : OptionalDouble.empty();
    return new Point.Histogram(
        labels, List.copyOf(bounds), counts, sum, time, created, exemplars, 0);
  }

  private List<Point.Quantile> quantiles() {
    TreeSet<Double> quantiles = new TreeSet<>();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      quantiles.add(random.nextInt(101) / 100.0);
    }
    return quantiles.stream()
        .map(quantile -> new Point.Quantile(quantile, Math.abs(finite())))
        .toList();
  }

  private Exemplar exemplar() {
    Labels labels = random.nextBoolean() ? Labels.NONE : Labels.of("trace_id", text() + "t");
    return new Exemplar(labels, value(), random.nextBoolean() ? time() : Point.NO_TIME);
  }

  private Labels labels() {
    TreeMap<String, String> labels = new TreeMap<>();
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      labels.put("l" + (random.nextInt(4) == 0 ? text() : i), "v" + text());
    }
    return Labels.of(labels);
  }

  private static Labels with(Labels labels, String name, String value) {
    TreeMap<String, String> all = new TreeMap<>(labels.toMap());
    all.put(name, value);
    return Labels.of(all);
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      int[] points = CHARACTERS.codePoints().toArray();
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  private long time() {
    return (1_600_000_000_000L + random.nextInt(1_000_000_000)) * 1_000_000L;
  }

  private double value() {
    return switch (random.nextInt(8)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> Double.NEGATIVE_INFINITY;
      default -> finite();
    };
  }

  private double finite() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(100);
      case 1 -> random.nextGaussian() * 1e300;
      case 2 -> Double.MIN_VALUE * random.nextInt(100);
      default -> random.nextGaussian();
    };
  }
}
