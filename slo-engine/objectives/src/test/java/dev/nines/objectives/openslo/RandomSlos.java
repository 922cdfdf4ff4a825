// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.Budgeting;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.CalendarWindow;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.Gate;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.Threshold;
import dev.nines.objectives.ThresholdIndicator;
import dev.nines.objectives.TimeWindow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Draws definitions of every kind that a file can say, with texts that YAML finds hard. */
final class RandomSlos {

  private static final List<String> HARD =
      List.of(
          "yes",
          "010",
          "12:30:00",
          "2026-01-01",
          "~",
          "null",
          "",
          " ",
          "a: b",
          "- x",
          "#",
          "'",
          "\"",
          "it's",
          "or",
          "and",
          "a\nb\n",
          "\n  deep\n\n",
          "tab\there",
          "Größe",
          "\u2028",
          "😀",
          "%",
          "@x",
          "`",
          "{a}",
          "[b]",
          "&c",
          "*d",
          "!e",
          "|",
          ">",
          "1e3",
          ".5",
          "0x1",
          "\u0007",
          "trailing ",
          "\r\n",
          "a,b",
          "x".repeat(200),
          "=",
          "<",
          "a b  c");

  private final Random random;

  RandomSlos(Random random) {
    this.random = random;
  }

  Slo draw(int number) {
    String name = "slo-" + number;
    Budgeting budgeting = budgeting();
    boolean slices = !(budgeting instanceof Budgeting.Occurrences);
    Slo.Vanished vanished = one(List.of(Slo.Vanished.values()));
    Indicator indicator = indicator(slices);
    boolean bad = !slices && vanished != Slo.Vanished.OFF && random.nextBoolean();
    return new Slo(
        new SloId("default", name),
        1,
        text(),
        random.nextBoolean() ? name : cut(text(), Metadata.DISPLAY_NAME_MAX),
        random.nextInt(3) == 0 ? "" : text() + text(),
        labels(),
        indicator,
        one(List.of(new BigDecimal("0.990"), new BigDecimal("0.999000000001"))),
        period(),
        budgeting,
        policies(),
        slices || random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal("0.980"),
        indicator instanceof RawIndicator ? 0 : random.nextInt(3),
        bad ? Slo.Missing.BAD : Slo.Missing.NEUTRAL,
        random.nextBoolean() ? "" : "customer.id",
        vanished,
        random.nextBoolean() ? null : gate(),
        random.nextBoolean());
  }

  /** A composite, then its components. */
  List<Slo> composite(int number) {
    Slo like = draw(number);
    SloId id = like.id();
    CompositeIndicator.Kind kind = one(List.of(CompositeIndicator.Kind.values()));
    List<Slo> slos = new ArrayList<>();
    List<CompositeIndicator.Component> components = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      String name = id.component("sli-" + random.nextInt(100) + "-" + i).name();
      boolean weighted = kind == CompositeIndicator.Kind.WEIGHTED && random.nextBoolean();
      BigDecimal weight =
          weighted ? one(List.of(new BigDecimal("0.25"), BigDecimal.TEN)) : BigDecimal.ONE;
      components.add(new CompositeIndicator.Component(name, weight));
      slos.add(
          of(
              like,
              new SloId(id.tenant(), name),
              random.nextBoolean() ? name : "Component " + i,
              indicator(false),
              false));
    }
    slos.addFirst(
        of(
            like,
            id,
            like.displayName(),
            new CompositeIndicator(kind, List.copyOf(components)),
            true));
    return slos;
  }

  private static Slo of(
      Slo like, SloId id, String displayName, Indicator indicator, boolean whole) {
    boolean slices = !(like.budgeting() instanceof Budgeting.Occurrences);
    return new Slo(
        id,
        1,
        like.service(),
        displayName,
        whole ? like.description() : "",
        like.labels(),
        indicator,
        like.target(),
        like.period(),
        new Budgeting.Occurrences(),
        whole ? like.policies() : List.of(),
        BigDecimal.ZERO,
        whole ? like.minFailures() : 0,
        slices ? Slo.Missing.NEUTRAL : like.missing(),
        like.groupBy(),
        like.vanished(),
        whole ? like.gate() : null,
        like.excludedGood());
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      labels.put("label" + random.nextInt(9), random.nextInt(4) == 0 ? list() : text());
    }
    return labels;
  }

  /** As a list of labels is joined. */
  private String list() {
    return "y".repeat(200) + "," + text() + ",z," + "y".repeat(100);
  }

  /** A raw ratio is of slices alone. */
  private Indicator indicator(boolean slices) {
    return switch (random.nextInt(slices ? 5 : 4)) {
      case 0 ->
          new SpanIndicator(
              "service" + random.nextInt(3),
              one(List.of("", "GET /x", text())),
              one(List.of("", "server", "consumer")),
              attributes(),
              matchers(),
              predicate());
      case 1 -> {
        MetricSelection total = selection("orders", text());
        MetricSelection part = selection(one(List.of("orders", "failed")), total.service());
        yield new CounterIndicator(
            total,
            part.equals(total) ? selection("other", "") : part,
            one(List.of(CounterIndicator.Part.values())));
      }
      case 4 ->
          new RawIndicator(
              selection("satisfaction", text()), one(List.of(RawIndicator.RawType.values())));
      case 2 ->
          new ThresholdIndicator(
              selection("queue", text()),
              one(List.of(ThresholdIndicator.Operator.values())),
              one(
                  List.of(
                      BigDecimal.ZERO,
                      new BigDecimal("-0.250"),
                      new BigDecimal("999999999999999999.000000000000000001"))));
      default ->
          new HistogramIndicator(
              selection("duration", text()),
              new Threshold(
                  one(List.of(new BigDecimal("250"), new BigDecimal("0.50"))),
                  one(List.of("", "ms", "d"))));
    };
  }

  private MetricSelection selection(String metric, String service) {
    List<SpanPredicate.Attribute> where = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      where.add(attribute());
    }
    return new MetricSelection(
        metric, one(List.of("", service, "shop")), attributes(), List.copyOf(where), matchers());
  }

  /** Of keys that no equality has, in the order in which they are read. */
  private List<AttributeMatcher> matchers() {
    List<AttributeMatcher> matchers = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      matchers.add(
          new AttributeMatcher(
              one(List.of("m 1", "m.2")),
              one(List.of(AttributeMatcher.Operator.values())),
              one(List.of("5..|429", "", "a'b", "10", "yes"))));
    }
    return matchers.stream()
        .sorted(
            Comparator.comparing(AttributeMatcher::key)
                .thenComparing(AttributeMatcher::operator)
                .thenComparing(AttributeMatcher::value))
        .toList();
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      attributes.put(text(), text());
    }
    return attributes;
  }

  /** Of what is bad, or of what is good. */
  private SpanPredicate predicate() {
    List<SpanPredicate> any = new ArrayList<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      any.add(term());
    }
    SpanPredicate said = any.size() == 1 ? any.getFirst() : new SpanPredicate.AnyOf(any);
    return random.nextBoolean() ? said : said.negated();
  }

  private SpanPredicate term() {
    List<SpanPredicate> all = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      SpanPredicate condition = condition();
      boolean opposite = !(condition instanceof SpanPredicate.Attribute) && random.nextBoolean();
      all.add(opposite ? condition.negated() : condition);
    }
    return all.size() == 1 ? all.getFirst() : new SpanPredicate.AllOf(all);
  }

  private SpanPredicate condition() {
    return switch (random.nextInt(3)) {
      case 0 -> new SpanPredicate.StatusError();
      case 1 -> new SpanPredicate.Slower(length());
      default -> attribute();
    };
  }

  /** Also those that no short text has in a small unit. */
  private Duration length() {
    return one(
        List.of(
            Duration.ofNanos(1 + random.nextInt(2_000_000_000)),
            Duration.ofMillis(1_500),
            Duration.ofSeconds(123_456_789, 500_000_000),
            Duration.ofDays(random.nextInt(30_000) + 1L)));
  }

  private SpanPredicate.Attribute attribute() {
    SpanPredicate.Comparison comparison = one(List.of(SpanPredicate.Comparison.values()));
    boolean texts =
        comparison == SpanPredicate.Comparison.EQ || comparison == SpanPredicate.Comparison.NE;
    return new SpanPredicate.Attribute(text(), comparison, texts ? text() : "-1.50");
  }

  private TimeWindow period() {
    if (random.nextBoolean()) {
      return new RollingWindow(one(List.of(Duration.ofDays(30), Duration.ofHours(36))));
    }
    return new CalendarWindow(
        LocalDateTime.of(2026, 1 + random.nextInt(12), 1 + random.nextInt(28), 9, 0),
        one(List.of(Period.ofMonths(1), Period.ofMonths(3), Period.ofDays(7), Period.ofDays(14))),
        ZoneId.of(one(List.of("America/New_York", "UTC", "Etc/GMT+5"))));
  }

  private Budgeting budgeting() {
    return switch (random.nextInt(3)) {
      case 0 -> new Budgeting.Occurrences();
      case 1 -> new Budgeting.Timeslices(Duration.ofMinutes(1), new BigDecimal("0.95"));
      default -> new Budgeting.RatioTimeslices(Duration.ofMinutes(one(List.of(1, 5))));
    };
  }

  /** Those of the annotation first. */
  private List<BurnPolicy> policies() {
    List<BurnPolicy> policies = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String name = i == 1 ? "page-2h" : "named.so-" + i;
      policies.add(
          new BurnPolicy(
              name, Duration.ofHours(2), Duration.ofMinutes(10L * i), factor(), Severity.PAGE));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      Duration window = Duration.ofHours(i);
      policies.add(
          new BurnPolicy(
              "one-window-" + i,
              window,
              window,
              factor(),
              one(List.of(Severity.values())),
              random.nextBoolean(),
              one(List.of(0L, 60L, 7_200L))));
    }
    return policies;
  }

  private BigDecimal factor() {
    return one(List.of(new BigDecimal("14.40"), BigDecimal.ONE, new BigDecimal("0.000000001")));
  }

  private Gate gate() {
    return new Gate(
        new BigDecimal("0.90"),
        one(List.of(Gate.Burning.values())),
        one(List.of(Gate.Unmeasured.values())));
  }

  private String text() {
    return cut(one(HARD) + (random.nextBoolean() ? one(HARD) : ""), 255);
  }

  private static String cut(String text, int most) {
    return text.substring(0, Math.min(text.length(), most));
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
