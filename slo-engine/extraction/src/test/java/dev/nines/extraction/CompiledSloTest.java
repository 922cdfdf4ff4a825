// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.telemetry.TraceWalker;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad predicates on the wire form of spans. */
class CompiledSloTest {

  private static final Instant END = Instant.parse("2026-03-01T12:00:00Z");

  @ParameterizedTest
  @CsvSource({"4999999,false", "5000000,false", "5000001,true"})
  void exactlyTheThresholdIsGood(long nanos, boolean bad) {
    Span span = Traffic.span("pay", END, Duration.ofNanos(nanos), false);
    assertThat(bad(new SpanPredicate.Slower(Duration.ofMillis(5)), span)).isEqualTo(bad);
  }

  @ParameterizedTest
  @CsvSource({
    "EQ,503,true",
    "EQ,503.0,false",
    "NE,200,true",
    "NE,503,false",
    "GE,500,true",
    "GT,503,false",
    "GE,503,true",
    "LT,504,true",
    "LE,503.0,true",
    "LT,503,false",
    "GE,many,false"
  })
  void comparesTextsAndNumbers(Comparison comparison, String value, boolean bad) {
    Span span = Traffic.span("pay", END, true);
    assertThat(
            bad(new SpanPredicate.Attribute("http.response.status_code", comparison, value), span))
        .isEqualTo(bad);
  }

  @Test
  void aSpanWithoutTheAttributeDoesNotMatch() {
    Span span = Traffic.span("pay", END, true);
    assertThat(bad(new SpanPredicate.Attribute("absent", Comparison.NE, "x"), span)).isFalse();
  }

  @Test
  void oneOfSeveralIsEnough() {
    SpanPredicate either =
        new SpanPredicate.AnyOf(
            List.of(
                new SpanPredicate.StatusError(), new SpanPredicate.Slower(Duration.ofMillis(50))));
    assertThat(bad(either, Traffic.span("pay", END, true))).isTrue();
    assertThat(bad(either, Traffic.span("pay", END, Duration.ofMillis(51), false))).isTrue();
    assertThat(bad(either, Traffic.span("pay", END, false))).isFalse();
  }

  /** What is not bad is good, and nothing is neither: also without the attribute. */
  @Test
  void theNegationHoldsExactlyWhereItDoesNot() {
    List<SpanPredicate> predicates =
        List.of(
            new SpanPredicate.StatusError(),
            new SpanPredicate.Slower(Duration.ofMillis(50)),
            new SpanPredicate.Attribute("http.response.status_code", Comparison.GE, "500"),
            new SpanPredicate.Attribute("absent", Comparison.NE, "x"));
    List<Span> spans =
        List.of(
            Traffic.span("pay", END, true),
            Traffic.span("pay", END, Duration.ofMillis(51), false),
            Traffic.span("pay", END, Duration.ofMillis(50), false));
    int held = 0;
    for (SpanPredicate one : predicates) {
      for (SpanPredicate other : predicates) {
        for (SpanPredicate both :
            List.of(
                new SpanPredicate.AllOf(List.of(one, other.negated())),
                new SpanPredicate.AnyOf(List.of(one.negated(), other)))) {
          for (Span span : spans) {
            boolean first = bad(one, span);
            boolean second = bad(other, span);
            boolean expected =
                both instanceof SpanPredicate.AllOf ? first && !second : !first || second;
            assertThat(bad(both, span)).isEqualTo(expected);
            assertThat(bad(both.negated(), span)).isEqualTo(!expected);
            held += expected ? 1 : 0;
          }
        }
      }
    }
    assertThat(held).isBetween(1, 95);
  }

  private static boolean bad(SpanPredicate predicate, Span span) {
    Slo objective = Traffic.slo("s", 1, "checkout", predicate);
    CompiledSlo slo = new CompiledSlo(objective, (SpanIndicator) objective.indicator());
    List<Boolean> results = new ArrayList<>();
    new TraceWalker()
        .walk(
            Traffic.body("checkout", span),
            view -> {
              assertThat(slo.selects(view)).isTrue();
              results.add(slo.bad(view));
            });
    return results.getFirst();
  }
}
