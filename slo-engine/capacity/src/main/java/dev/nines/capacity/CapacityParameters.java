// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import dev.nines.capacity.forecast.Forecaster;
import dev.nines.objectives.capacity.CapacityModel.Steering;
import dev.nines.objectives.openslo.DurationText;
import dev.nines.objectives.request.FieldRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parameters of a question, each checked by its rule; what is wrong is refused together. */
final class CapacityParameters {

  private static final int NAME_MAX = 255;
  private static final double FACTOR_USUAL = 10;
  private static final double FACTOR_MAX = 1_000;
  private static final Duration HORIZON_USUAL = Duration.ofDays(7);
  private static final Duration HORIZON_MAX = Duration.ofHours(Forecaster.HORIZON_HOURS_MAX);
  private static final int TEXT_MAX = 40;

  private final FieldRules rules = new FieldRules();
  private final Instant now;

  CapacityParameters(Instant now) {
    this.now = now;
  }

  /**
   * @throws jakarta.ws.rs.WebApplicationException 400 with all that was refused
   */
  void enforce() {
    rules.enforce();
  }

  String name(String field, @Nullable String value) {
    return rules.text(field, value, NAME_MAX);
  }

  String requiredName(String field, @Nullable String value) {
    return rules.required(field, value, NAME_MAX);
  }

  /** Whole buckets that touch [from, to); without {@code to} those that are over. */
  Buckets buckets(@Nullable String step, @Nullable String from, @Nullable String to) {
    Step length = step(step);
    long over = Math.floorDiv(now.getEpochSecond(), (long) length.seconds()) * length.seconds();
    Instant end = rules.instant("to", to, Instant.ofEpochSecond(over));
    Instant begin = rules.instant("from", from, end.minus(length.usual()));
    Duration most = Duration.ofSeconds((long) Buckets.COUNT_MAX * length.seconds());
    if (!begin.isBefore(end)) {
      rules.refuse("from", "order", begin.toString(), "is not before to, " + end);
    } else if (Duration.between(begin, end).compareTo(most) > 0) {
      rules.refuse(
          "from",
          "range",
          begin.toString(),
          "at most %,d buckets may be; take a longer step".formatted(Buckets.COUNT_MAX));
    } else if (begin.isBefore(now.minus(length.kept()))) {
      rules.refuse(
          "from",
          "kept",
          begin.toString(),
          "buckets of %s are kept for %d days".formatted(length.word(), length.kept().toDays()));
    } else if (end.isAfter(now.plusSeconds(length.seconds()))) {
      rules.refuse("to", "future", end.toString(), "lies in the future");
    } else {
      return Buckets.touching(begin, end, length);
    }
    return new Buckets(0, length, 1);
  }

  private Step step(@Nullable String value) {
    String word = value == null ? Step.HOUR.word() : value;
    return of("step", word, Step.of(word), Step.WORDS, Step.HOUR);
  }

  Measure measure(@Nullable String value) {
    String word = value == null ? Measure.PEAK.word() : value;
    return of("measure", word, Measure.of(word), "peak, mean", Measure.PEAK);
  }

  /** Empty for that of the model. */
  Optional<Steering> steering(@Nullable String value) {
    Optional<Steering> steering = Optional.ofNullable(value).flatMap(Steering::of);
    if (value != null && steering.isEmpty()) {
      rules.refuse("steering", "one-of", cut(value), "is none of even, proportional, given");
    }
    return steering;
  }

  /** Regions lost at once. */
  int lost(@Nullable String value) {
    return switch (value == null ? "1" : value) {
      case "1" -> 1;
      case "2" -> 2;
      default -> {
        rules.refuse("lost", "one-of", cut(value), "is neither 1 nor 2");
        yield 1;
      }
    };
  }

  double factor(@Nullable String value) {
    if (value == null) {
      return FACTOR_USUAL;
    }
    try {
      double factor = Double.parseDouble(value);
      if (factor > 0 && factor <= FACTOR_MAX) {
        return factor;
      }
    } catch (NumberFormatException e) {
      rules.refuse("factor", "number", cut(value), "is no number");
      return FACTOR_USUAL;
    }
    rules.refuse("factor", "range", cut(value), "is not above 0 and at most " + (int) FACTOR_MAX);
    return FACTOR_USUAL;
  }

  /** Whole hours. */
  int horizonHours(@Nullable String value) {
    Duration horizon =
        value == null ? HORIZON_USUAL : DurationText.parse(value).orElse(Duration.ZERO);
    long hours = horizon.toHours();
    if (hours < 1
        || horizon.compareTo(HORIZON_MAX) > 0
        || !horizon.equals(Duration.ofHours(hours))) {
      rules.refuse(
          "horizon",
          "range",
          cut(value),
          "is no length of whole hours such as 24h or 7d, up to "
              + DurationText.format(HORIZON_MAX));
      return 1;
    }
    return (int) hours;
  }

  private <T> T of(String field, String word, Optional<T> found, String words, T absent) {
    if (found.isEmpty()) {
      rules.refuse(field, "one-of", cut(word), "is none of " + words);
    }
    return found.orElse(absent);
  }

  private static String cut(@Nullable String text) {
    String value = text == null ? "" : text;
    return value.length() > TEXT_MAX ? value.substring(0, TEXT_MAX) + "..." : value;
  }
}
