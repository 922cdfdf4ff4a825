// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A family on its way: its samples, put together to points when it is whole. */
final class FamilyBuilder {

  private final String name;
  private final Syntax syntax;
  private final Map<Metric.Key, Metric> metrics = new LinkedHashMap<>();
  private final Set<Place> places = new HashSet<>();
  private final Set<Labels> labelSets = new HashSet<>();
  private FamilyType type = FamilyType.UNKNOWN;
  private boolean typed;
  private @Nullable String help;
  private @Nullable String unit;
  private int line;
  private Metric.@Nullable Key last;

  /** Where no two samples may be. */
  private record Place(String name, Labels labels, long timeNanos) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::labels)
            .thenComparing(Place::name)
            .thenComparingLong(Place::timeNanos);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  FamilyBuilder(String name, Syntax syntax) {
    this.name = name;
    this.syntax = syntax;
  }

  String name() {
    return name;
  }

  FamilyType type() {
    return type;
  }

  boolean isTyped() {
    return typed;
  }

  boolean hasSamples() {
    return !metrics.isEmpty();
  }

  int line() {
    return line;
  }

  void line(int number) {
    line = number;
  }

  void type(FamilyType declared) {
    type = declared;
    typed = true;
  }

  boolean help(String text) {
    boolean first = help == null;
    help = text;
    return first;
  }

  boolean unit(String text) {
    boolean first = unit == null;
    unit = text;
    return first;
  }

  /** Whether a sample of that name is one of this family, by the rules of OpenMetrics. */
  boolean takes(String sample) {
    return sample.startsWith(name) && type.suffixes().contains(sample.substring(name.length()));
  }

  void add(Sample sample) {
    if (!places.add(new Place(sample.name(), sample.labels(), sample.timeNanos()))) {
      throw new Malformed(
          sample.line(), "duplicate", sample.name() + sample.labels() + " stands there twice");
    }
    String suffix = sample.name().substring(name.length());
    if (sample.exemplar() != null && !suffix.equals("_total") && !suffix.equals("_bucket")) {
      throw new Malformed(
          sample.line(), "exemplar", "only _total and _bucket may have an exemplar");
    }
    Metric.Key key = Metric.key(type, suffix, sample);
    Metric metric = metrics.get(key);
    if (syntax == Syntax.OPEN_METRICS && !key.equals(last)) {
      inOrder(key, sample, metric != null);
    }
    if (metric == null) {
      metric = new Metric(name, type, key, sample.line());
      metrics.put(key, metric);
    }
    last = key;
    metric.add(suffix, sample);
  }

  /** What has the same labels stands together, in rising times; all points have one or none has. */
  private void inOrder(Metric.Key key, Sample sample, boolean known) {
    Metric.Key before = last;
    boolean goesOn = before != null && before.labels().equals(key.labels());
    if (known || (!goesOn && !labelSets.add(key.labels()))) {
      throw new Malformed(
          sample.line(),
          "interleaved",
          "the samples of " + key.labels() + " do not stand together");
    }
    long timeBefore = before == null ? Point.NO_TIME : before.timeNanos();
    if (goesOn && !(timeBefore != Point.NO_TIME && timeBefore < key.timeNanos())) {
      throw new Malformed(
          sample.line(), "timestamp-order", "times of one metric must rise, and be at each point");
    }
  }

  Family build() {
    if (unit != null && !unit.isEmpty() && isUnitless()) {
      throw new Malformed(line, "unit", name + " is of a type that has no unit");
    }
    boolean strict = syntax == Syntax.OPEN_METRICS;
    List<Point> points = new ArrayList<>();
    for (Metric metric : metrics.values()) {
      switch (type) {
        case HISTOGRAM -> points.add(metric.histogram(strict));
        case SUMMARY -> metric.summary(strict, points);
        case COUNTER -> metric.counters(strict, points);
        case GAUGE_HISTOGRAM -> {
          metric.checkBuckets("_gcount", strict);
          metric.numbers(points);
        }
        case INFO, STATE_SET -> {
          metric.checkStates();
          metric.numbers(points);
        }
        case GAUGE, UNKNOWN -> metric.numbers(points);
      }
    }
    return new Family(
        name, type, help == null ? "" : help, unit == null ? "" : unit, List.copyOf(points));
  }

  private boolean isUnitless() {
    return type == FamilyType.INFO || type == FamilyType.STATE_SET;
  }
}
