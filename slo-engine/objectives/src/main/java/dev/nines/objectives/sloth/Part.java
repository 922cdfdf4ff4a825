// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import dev.nines.objectives.openslo.Attributes;
import dev.nines.objectives.sloth.Sli.Series;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Series as the store has them.
 *
 * @param ofHistogram a scraped one, named without the suffix of the part
 * @param bound of its bucket; empty for all events
 */
record Part(Series series, boolean ofHistogram, Optional<String> bound) {

  private static final String BUCKET = "_bucket";
  private static final String COUNT = "_count";
  private static final String SUM = "_sum";
  private static final String TOTAL = "_total";
  private static final Pattern LIMIT = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,9})?");

  /** Labels that are the resource's: decisions 24 and 26. */
  private static final Map<String, String> OF_RESOURCE =
      Map.of("job", "service.name", "instance", "service.instance.id");

  /** Series, or why they have no place here. */
  sealed interface Reading {
    record Read(Part part) implements Reading {}

    record Refused(String message) implements Reading {}
  }

  static Reading read(Selector selector, Optional<Arrival> arrival) {
    String metric = selector.metric();
    boolean ofHistogram = metric.endsWith(BUCKET) || metric.endsWith(COUNT) || metric.endsWith(SUM);
    if (ofHistogram && arrival.isEmpty()) {
      return new Reading.Refused(
          "'%s' is part of a histogram when it is scraped, and a counter of its own when it comes by remote write: say --arrival scrape or remote-write"
              .formatted(metric));
    }
    List<AttributeMatcher> le =
        selector.labels().stream().filter(label -> label.key().equals("le")).toList();
    boolean oneLe = le.size() == 1 && le.getFirst().operator() == Operator.EQUAL;
    if (metric.endsWith(BUCKET) && !oneLe) {
      return new Reading.Refused(
          "buckets of '%s' hold each other's events: exactly one le=\"...\" is translated"
              .formatted(metric));
    }
    return ofHistogram && arrival.get() == Arrival.SCRAPE
        ? scraped(selector, le)
        : new Reading.Read(new Part(series(metric, selector.labels()), false, Optional.empty()));
  }

  private static Reading scraped(Selector selector, List<AttributeMatcher> le) {
    String metric = selector.metric();
    if (metric.endsWith(SUM)) {
      return new Reading.Refused(
          "'%s' is the sum of a scraped histogram, which is no count of events".formatted(metric));
    }
    if (metric.endsWith(COUNT)) {
      return new Reading.Read(
          new Part(series(base(metric, COUNT), selector.labels()), true, Optional.empty()));
    }
    Series series =
        series(
            base(metric, BUCKET),
            selector.labels().stream().filter(label -> !label.key().equals("le")).toList());
    String bound = le.getFirst().value();
    if (bound.equals("+Inf")) {
      return new Reading.Read(new Part(series, true, Optional.empty()));
    }
    return LIMIT.matcher(bound).matches() && new BigDecimal(bound).signum() > 0
        ? new Reading.Read(new Part(series, true, Optional.of(bound)))
        : new Reading.Refused("le=\"%s\" is no threshold above 0".formatted(bound));
  }

  /** Whether the name says that it counts; else its type must. */
  boolean isCounterByName() {
    String metric = series.metric();
    return metric.endsWith(TOTAL) || metric.endsWith(BUCKET) || metric.endsWith(COUNT);
  }

  private static String base(String metric, String suffix) {
    return metric.substring(0, metric.length() - suffix.length());
  }

  private static Series series(String metric, List<AttributeMatcher> labels) {
    String service = "";
    Map<String, String> equal = new LinkedHashMap<>();
    List<AttributeMatcher> matchers = new ArrayList<>();
    for (AttributeMatcher label : labels) {
      String key = OF_RESOURCE.getOrDefault(label.key(), label.key());
      boolean plain = label.operator() == Operator.EQUAL && !label.value().isEmpty();
      AttributeMatcher ours = new AttributeMatcher(key, label.operator(), label.value());
      if (plain && label.key().equals("job") && service.isEmpty()) {
        service = label.value();
      } else if (plain && !label.key().equals("job") && !equal.containsKey(key)) {
        equal.put(key, label.value());
      } else if (!matchers.contains(ours)) {
        matchers.add(ours);
      }
    }
    return new Series(metric, service, new Attributes(equal, matchers));
  }
}
