// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.MetricWalker;
import dev.nines.telemetry.TraceWalker;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Random attributes on real OTLP, against the definition of Prometheus. */
class AttributeMatchersTest {

  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");
  private static final int BODIES = 300;
  private static final List<String> KEYS = List.of("a", "b", "service.name");
  private static final List<String> TEXTS =
      List.of("", "503", "5", "checkout", "x\ny", "Größe", "true", "1.5");
  private static final List<String> REGEXES =
      List.of(
          "", ".*", ".+", "5..|429", "5", "check.*", "x.y", "Gr.{2}e", "(?i)TRUE|1\\.5", "[^5]*");

  private final Random random = new Random(7);

  /** How a test knows an attribute. */
  private record Attribute(String key, String text, AnyValue value) {}

  @Test
  void spansAndPointsAreSelectedByDefinition() {
    int selected = 0;
    for (int i = 0; i < BODIES; i++) {
      List<Attribute> attributes = attributes();
      List<AttributeMatcher> matchers = matchers();
      boolean expected =
          matchers.stream().allMatch(matcher -> holds(matcher, text(attributes, matcher.key())));
      assertThat(span(attributes, matchers)).as("%s %s", attributes, matchers).isEqualTo(expected);
      assertThat(point(attributes, matchers)).as("%s %s", attributes, matchers).isEqualTo(expected);
      selected += expected ? 1 : 0;
    }
    assertThat(selected).isBetween(BODIES / 10, BODIES * 9 / 10);
  }

  /** The span's or point's own goes before the resource's; without either the text is empty. */
  private static String text(List<Attribute> attributes, String key) {
    String absent = key.equals("service.name") ? "checkout" : "";
    return attributes.stream()
        .filter(attribute -> attribute.key.equals(key))
        .map(Attribute::text)
        .findFirst()
        .orElse(absent);
  }

  private static boolean holds(AttributeMatcher matcher, String text) {
    return switch (matcher.operator()) {
      case EQUAL -> text.equals(matcher.value());
      case NOT_EQUAL -> !text.equals(matcher.value());
      case MATCH -> Pattern.compile(matcher.value(), Pattern.DOTALL).matcher(text).matches();
      case NOT_MATCH -> !Pattern.compile(matcher.value(), Pattern.DOTALL).matcher(text).matches();
    };
  }

  private static boolean span(List<Attribute> attributes, List<AttributeMatcher> matchers) {
    SpanIndicator indicator =
        new SpanIndicator("", "", "", Map.of(), matchers, new SpanPredicate.StatusError());
    CompiledSlo slo = new CompiledSlo(Points.slo("s", 1, indicator), indicator);
    Span.Builder span = Traffic.span("pay", AT, false).toBuilder().clearAttributes();
    attributes.forEach(attribute -> span.addAttributes(keyValue(attribute)));
    List<Boolean> found = new ArrayList<>();
    new TraceWalker()
        .walk(Traffic.body("checkout", span.build()), view -> found.add(slo.selects(view)));
    return found.getFirst();
  }

  private static boolean point(List<Attribute> attributes, List<AttributeMatcher> matchers) {
    MetricSelection all = new MetricSelection("m", "", Map.of(), List.of(), matchers);
    MetricSelection bad = new MetricSelection("n", "", Map.of(), List.of());
    MetricUse use =
        MetricUse.of(
                Points.slo("s", 1, new CounterIndicator(all, bad, CounterIndicator.Part.BAD)), 0)
            .getFirst();
    var number = Points.point("", AT, AT, 1).clearAttributes();
    attributes.forEach(attribute -> number.addAttributes(keyValue(attribute)));
    Metric metric = Points.sum("m", Points.CUMULATIVE, number);
    List<Boolean> found = new ArrayList<>();
    new MetricWalker()
        .walk(Points.batch("checkout", metric).body(), view -> found.add(use.selects(view)));
    return found.getFirst();
  }

  private static KeyValue keyValue(Attribute attribute) {
    return KeyValue.newBuilder().setKey(attribute.key).setValue(attribute.value).build();
  }

  private List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>();
    for (String key : KEYS) {
      AnyValue.Builder value = AnyValue.newBuilder();
      switch (random.nextInt(6)) {
        case 0 -> attributes.add(new Attribute(key, "503", value.setIntValue(503).build()));
        case 1 -> attributes.add(new Attribute(key, "true", value.setBoolValue(true).build()));
        case 2 -> attributes.add(new Attribute(key, "1.5", value.setDoubleValue(1.5).build()));
        case 3 -> attributes.add(new Attribute(key, "", value.build()));
        case 4 -> {
          String text = pick(TEXTS);
          attributes.add(new Attribute(key, text, value.setStringValue(text).build()));
        }
        default -> {} // Missing.
      }
    }
    return attributes;
  }

  private List<AttributeMatcher> matchers() {
    List<AttributeMatcher> matchers = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      Operator operator = Operator.values()[random.nextInt(4)];
      boolean equality = operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
      matchers.add(
          new AttributeMatcher(pick(KEYS), operator, equality ? pick(TEXTS) : pick(REGEXES)));
    }
    return matchers;
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
