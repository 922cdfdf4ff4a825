// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarTest {

  private final List<String> complaints = new ArrayList<>();

  @Test
  void conditionsAreJoinedByOr() {
    assertThat(
            predicate(
                "status=error or attribute http.response.status_code >= 500 or duration>1.5s"
                    + " or attribute reason != 'out of stock, or ''late''' or attribute a=b"))
        .isEqualTo(
            new SpanPredicate.AnyOf(
                List.of(
                    new SpanPredicate.StatusError(),
                    new Attribute("http.response.status_code", Comparison.GE, "500"),
                    new SpanPredicate.Slower(Duration.ofMillis(1_500)),
                    new Attribute("reason", Comparison.NE, "out of stock, or 'late'"),
                    new Attribute("a", Comparison.EQ, "b"))));
    assertThat(predicate("duration > 50ms"))
        .isEqualTo(new SpanPredicate.Slower(Duration.ofMillis(50)));
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "status | 6 | comes = or !=, not the end",
        "status > error | 7 | comes = or !=, not '>'",
        "status = ok | 9 | the only status",
        "status = error duration > 1s | 15 | only 'and' or 'or' may follow",
        "duration >= 1s | 9 | comes > or <=, not '>='",
        "duration > 1 | 11 | is no length",
        "duration > 0ms | 11 | is no length",
        "duration > | 10 | a value is missing",
        "attribute | 9 | key is missing",
        "attribute = 5 | 10 | key is missing",
        "attribute a == 5 | 12 | not '=='",
        "attribute a > b | 14 | is no number",
        "attribute a = 'b | 14 | quote is not closed",
        "status = error or | 17 | a condition is missing",
        "or status = error | 0 | a condition is missing",
        "latency > 5ms | 0 | begins no condition",
      })
  void errorsNameTheirPlace(String text, int offset, String message) {
    assertThat(PredicateParser.parse(text, this::complain)).isEmpty();
    assertThat(complaints)
        .anySatisfy(found -> assertThat(found).startsWith(offset + " ").contains(message));
  }

  @Test
  void everyConditionIsChecked() {
    assertThat(PredicateParser.parse("status = a or x or duration > 5", this::complain)).isEmpty();
    assertThat(complaints).hasSize(3);
  }

  @Test
  void policiesAreReadInOrder() {
    List<PolicyParser.Placed> placed =
        PolicyParser.parse(
            "long=2m short=20s factor=10 severity=page;"
                + " name=slow severity=ticket factor=0.5 short=6h long=3d ;",
            this::complain);
    assertThat(complaints).isEmpty();
    assertThat(placed)
        .extracting(PolicyParser.Placed::policy)
        .containsExactly(
            new BurnPolicy(
                "page-2m",
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                BigDecimal.TEN,
                Severity.PAGE),
            new BurnPolicy(
                "slow",
                Duration.ofDays(3),
                Duration.ofHours(6),
                new BigDecimal("0.5"),
                Severity.TICKET));
    assertThat(placed.get(1).offset()).isEqualTo(43);
  }

  @Test
  void everyErrorOfEveryPolicyIsFound() {
    assertThat(
            PolicyParser.parse(
                "long=2 short=20s factor=0 severity=page; long=1m long=2m x; name=A_ long=1m"
                    + " short=20s factor=1 severity=page; name=B_ long=1m short=20s factor=1",
                this::complain))
        .isEmpty();
    assertThat(complaints)
        .containsExactly(
            "5 long=2 is no window of whole seconds, such as 20s, 5m, 6h, 3d",
            "24 factor=0 is no decimal number above 0",
            "49 long= stands here twice",
            "57 'x' is none of long=, short=, factor=, severity=, name=",
            "41 short= is missing",
            "41 factor= is missing",
            "41 severity= is missing",
            "65 name=A_ is not of lower-case letters, digits",
            "110 severity= is missing",
            "115 name=B_ is not of lower-case letters, digits");
  }

  @Test
  void windowsOfAPolicyThatIsWrongElsewhereAreReadToo() {
    assertThat(
            PolicyParser.parse("long=25s short=22s factor=-1 severity=pager", this::complain)
                .getFirst()
                .policy()
                .longWindow())
        .isEqualTo(Duration.ofSeconds(25));
    assertThat(complaints)
        .containsExactly(
            "26 factor=-1 is no decimal number above 0",
            "38 severity=pager is neither page nor ticket");
  }

  @ParameterizedTest
  @CsvSource({"90s, 90s", "120s, 2m", "5400s, 90m", "24h, 1d", "2w, 14d", "1.5ms, 1500us"})
  void lengthsAreWrittenWithTheLargestUnit(String text, String written) {
    assertThat(DurationText.parse(text).map(DurationText::format)).contains(written);
  }

  private SpanPredicate predicate(String text) {
    return PredicateParser.parse(text, this::complain).orElseThrow();
  }

  private void complain(int offset, String message) {
    complaints.add(offset + " " + message);
  }
}
