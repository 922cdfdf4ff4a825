// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The samples of one set of labels at one time, and what they are together. */
final class Metric {

  private static final String BUCKET = "_bucket";
  private static final String COUNT = "_count";
  private static final String SUM = "_sum";
  private static final String CREATED = "_created";

  private final String family;
  private final FamilyType type;
  private final Key key;
  private final int line;

  /** Buckets or quantiles, by their bounds. */
  private final List<Part> parts = new ArrayList<>();

  /** The others, by their suffix. */
  private final Map<String, Sample> single = new HashMap<>();

  /** All, in their order. */
  private final List<Sample> samples = new ArrayList<>();

  /**
   * @param labels without {@code le} and {@code quantile}, and without the state of a state set
   */
  record Key(Labels labels, long timeNanos) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int byLabels = labels.compareTo(other.labels);
      return byLabels != 0 ? byLabels : Long.compare(timeNanos, other.timeNanos);
    }
  }

  private record Part(double bound, Sample sample) {}

  Metric(String family, FamilyType type, Key key, int line) {
    this.family = family;
    this.type = type;
    this.key = key;
    this.line = line;
  }

  static Key key(FamilyType type, String suffix, Sample sample) {
    @Nullable String apart = apart(type, suffix, sample.name());
    Labels labels = apart == null ? sample.labels() : sample.labels().without(apart);
    if (apart != null && labels.size() == sample.labels().size()) {
      throw new Malformed(
          sample.line(), "label-missing", sample.name() + " needs the label " + apart);
    }
    return new Key(labels, sample.timeNanos());
  }

  /** The label that tells the samples of one metric from each other; null where there is none. */
  private static @Nullable String apart(FamilyType type, String suffix, String name) {
    return switch (type) {
      case HISTOGRAM, GAUGE_HISTOGRAM -> suffix.equals(BUCKET) ? "le" : null;
      case SUMMARY -> suffix.isEmpty() ? "quantile" : null;
      case STATE_SET -> name;
      case COUNTER, GAUGE, INFO, UNKNOWN -> null;
    };
  }

  void add(String suffix, Sample sample) {
    samples.add(sample);
    @Nullable String label = apart(type, suffix, sample.name());
    @Nullable String bound = label == null ? null : sample.labels().get(label);
    if (bound != null && type != FamilyType.STATE_SET) {
      parts.add(new Part(bound(bound, sample), sample));
    } else {
      single.put(suffix, sample);
    }
  }

  private static double bound(String text, Sample sample) {
    double bound = Numbers.bound(text, sample);
    if (Double.isNaN(bound)) {
      throw new Malformed(sample.line(), "bound", "'" + text + "' is no bound");
    }
    return bound;
  }

  void numbers(List<Point> into) {
    for (Sample sample : samples) {
      into.add(number(sample, 0));
    }
  }

  void counters(boolean strict, List<Point> into) {
    Sample created = single.get(CREATED);
    Sample total = single.get(strict ? "_total" : "");
    if (total == null) {
      throw new Malformed(line, "counter", family + " has no _total");
    }
    if (strict && !(total.value() >= 0)) {
      throw new Malformed(total.line(), "counter", total.name() + " is " + total.value());
    }
    into.add(number(total, created == null ? 0 : Numbers.createdNanos(created)));
  }

  private static Point.Number number(Sample sample, long createdNanos) {
    return new Point.Number(
        sample.name(),
        sample.labels(),
        sample.value(),
        sample.timeNanos(),
        createdNanos,
        exemplars(List.of(sample)),
        sample.line());
  }

  void checkStates() {
    for (Sample sample : samples) {
      boolean good = sample.value() == 1 || (type == FamilyType.STATE_SET && sample.value() == 0);
      if (!good) {
        throw new Malformed(
            sample.line(),
            "state",
            sample.name() + " is " + sample.value() + ": it states nothing");
      }
    }
  }

  Point.Histogram histogram(boolean strict) {
    checkBuckets(COUNT, strict);
    Sample created = single.get(CREATED);
    Sample sum = single.get(SUM);
    List<Double> bounds = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    long below = 0;
    for (Part part : parts) {
      if (part.bound != Double.POSITIVE_INFINITY) {
        bounds.add(part.bound);
      }
      counts.add(part.sample.count() - below);
      below = part.sample.count();
    }
    return new Point.Histogram(
        key.labels(),
        bounds,
        counts,
        sum == null ? OptionalDouble.empty() : OptionalDouble.of(sum.value()),
        key.timeNanos(),
        created == null ? 0 : Numbers.createdNanos(created),
        exemplars(parts.stream().map(Part::sample).toList()),
        line);
  }

  /**
   * @param countSuffix of the sample that must be what the infinite bucket is
   */
  void checkBuckets(String countSuffix, boolean strict) {
    inOrder(strict, "bucket");
    if (parts.isEmpty() || parts.getLast().bound != Double.POSITIVE_INFINITY) {
      throw new Malformed(line, "infinite-bucket", family + " has no bucket le=\"+Inf\"");
    }
    long below = 0;
    for (Part part : parts) {
      long count = part.sample.count();
      if (count < below) {
        throw new Malformed(
            part.sample.line(), "bucket-count", "has less than the bucket before: " + count);
      }
      below = count;
    }
    Sample count = single.get(countSuffix);
    if (count != null && count.count() != below) {
      throw new Malformed(
          count.line(), "histogram-count", count.name() + " is not the bucket le=\"+Inf\"");
    }
    checkSum(countSuffix, strict);
  }

  private void checkSum(String countSuffix, boolean strict) {
    Sample sum = single.get(countSuffix.replace("count", "sum"));
    if (strict && (sum == null) != (single.get(countSuffix) == null)) {
      throw new Malformed(line, "count-and-sum", family + " has one of count and sum alone");
    }
    if (strict && sum != null && countSuffix.equals(COUNT) && parts.getFirst().bound < 0) {
      throw new Malformed(sum.line(), "negative-bucket", "with a bound below 0 there is no sum");
    }
  }

  /** One without a count is no OTLP summary: its samples are kept as gauges. */
  void summary(boolean strict, List<Point> into) {
    inOrder(strict, "quantile");
    for (Part part : parts) {
      if (!(part.bound >= 0 && part.bound <= 1)) {
        throw new Malformed(part.sample.line(), "quantile", part.bound + " is not from 0 to 1");
      }
      if (strict && part.sample.value() < 0) {
        throw new Malformed(part.sample.line(), "quantile", "a value is below 0");
      }
    }
    Sample count = single.get(COUNT);
    if (count == null) {
      numbers(into);
      return;
    }
    Sample created = single.get(CREATED);
    Sample sum = single.get(SUM);
    into.add(
        new Point.Summary(
            key.labels(),
            parts.stream()
                .map(part -> new Point.Quantile(part.bound, part.sample.value()))
                .toList(),
            sum == null ? 0 : sum.value(),
            count.count(),
            key.timeNanos(),
            created == null ? 0 : Numbers.createdNanos(created),
            line));
  }

  /** In the text format the order means nothing, though exporters should keep it. */
  private void inOrder(boolean strict, String what) {
    if (!strict) {
      parts.sort(Comparator.comparingDouble(Part::bound));
    }
    for (int i = 1; i < parts.size(); i++) {
      if (!(parts.get(i).bound > parts.get(i - 1).bound)) {
        throw new Malformed(
            parts.get(i).sample.line(), what + "-order", "does not rise above the one before");
      }
    }
  }

  private static List<Exemplar> exemplars(List<Sample> samples) {
    List<Exemplar> exemplars = new ArrayList<>();
    for (Sample sample : samples) {
      Exemplar exemplar = sample.exemplar();
      if (exemplar != null) {
        exemplars.add(exemplar);
      }
    }
    return List.copyOf(exemplars);
  }
}
