// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import dev.nines.objectives.access.Principal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question as a request asks it, unchecked. Each refusal is an {@link IllegalArgumentException}
 * that begins with the name of the parameter.
 */
record RangeParameters(
    String metric,
    List<String> match,
    @Nullable String from,
    @Nullable String to,
    @Nullable String step,
    String fn,
    @Nullable String q,
    List<String> by) {

  private static final int MAX_MATCHES = 20;
  private static final int MAX_LABELS = 10;
  private static final int DEFAULT_WINDOWS = 250;
  private static final int DEFAULT_STEP_SECONDS = 10;
  private static final Duration DEFAULT_RANGE = Duration.ofHours(1);
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
  private static final Pattern STEP = Pattern.compile("([1-9]\\d{0,6})([smhd]?)");

  RangeQuestion question(Principal principal, Instant now) {
    Instant end = to == null ? now : time("to", to);
    Instant start = from == null ? end.minus(DEFAULT_RANGE) : time("from", from);
    RangeFunction function = RangeFunction.parse(fn);
    Windows windows =
        Windows.between(start, end, step == null ? defaultStep(start, end) : seconds(step));
    SeriesSelector selector =
        selector(principal, metric, match, Instant.ofEpochSecond(windows.beginSeconds()));
    return new RangeQuestion(selector, windows, function, quantile(function), labels());
  }

  static SeriesSelector selector(
      Principal principal, String metric, List<String> match, Instant since) {
    if (metric.isEmpty()) {
      throw new IllegalArgumentException("metric: the name of a metric is needed");
    }
    if (match.size() > MAX_MATCHES) {
      throw new IllegalArgumentException("match: at most " + MAX_MATCHES);
    }
    List<Match> matches = match.stream().map(Match::parse).toList();
    return new SeriesSelector(principal.tenant(), principal.region(), metric, matches, since);
  }

  static Instant time(String name, String text) {
    try {
      Instant time = Instant.parse(text);
      if (!time.isBefore(Instant.EPOCH) && time.isBefore(LATEST)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + ": an RFC 3339 time, not '" + text + "'", e);
    }
    throw new IllegalArgumentException(name + ": from 1970 to 2200, not " + text);
  }

  private double quantile(RangeFunction function) {
    if (function != RangeFunction.QUANTILE) {
      if (q != null) {
        throw new IllegalArgumentException("q: only with fn=quantile");
      }
      return 0;
    }
    try {
      double quantile = q == null ? -1 : Double.parseDouble(q);
      if (quantile >= 0 && quantile <= 1) {
        return quantile;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("q: a number, not '" + q + "'", e);
    }
    throw new IllegalArgumentException("q: 0 to 1 with fn=quantile, not " + q);
  }

  private Optional<List<Label>> labels() {
    if (by.isEmpty()) {
      return Optional.empty();
    }
    List<Label> labels =
        by.stream()
            .flatMap(each -> Stream.of(each.split(",")))
            .filter(key -> !key.isEmpty())
            .distinct()
            .map(Label::new)
            .toList();
    if (labels.size() > MAX_LABELS) {
      throw new IllegalArgumentException("by: at most " + MAX_LABELS + " keys");
    }
    return Optional.of(labels);
  }

  private static long seconds(String text) {
    Matcher matcher = STEP.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("step: such as 30s, 5m, 1h or 1d, not '" + text + "'");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> number * 60;
      case "h" -> number * 3_600;
      case "d" -> number * 86_400;
      default -> number;
    };
  }

  private static long defaultStep(Instant start, Instant end) {
    long least = Math.max(0, Duration.between(start, end).toSeconds()) / DEFAULT_WINDOWS;
    return (least / DEFAULT_STEP_SECONDS + 1) * DEFAULT_STEP_SECONDS;
  }
}
