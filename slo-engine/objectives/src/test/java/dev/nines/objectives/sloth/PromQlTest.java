// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import dev.nines.objectives.sloth.PromQl.Reading;
import dev.nines.objectives.sloth.PromQl.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of PromQL is understood, and where the rest is named. */
class PromQlTest {

  @Test
  void selectorsHaveAllOperatorsAndStringsOfGo() {
    String query =
        """
        sum(rate(a:b_total{
          x="1",y!='it\\'s "2"', # a comment
          z=~`a\\.b|"`,w!~"\\u00fc\\n\\x41\\101\\U0001F600\\\\d",
        }[{{ .window }}]))""";
    assertThat(counted(query).selector())
        .isEqualTo(
            new Selector(
                "a:b_total",
                List.of(
                    new AttributeMatcher("x", Operator.EQUAL, "1"),
                    new AttributeMatcher("y", Operator.NOT_EQUAL, "it's \"2\""),
                    new AttributeMatcher("z", Operator.MATCH, "a\\.b|\""),
                    new AttributeMatcher("w", Operator.NOT_MATCH, "ü\nAA😀\\d"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum(rate(a[{{.window}}]))",
        "sum by () (rate(a{}[{{.window}}]))",
        "sum(rate(a[{{.window}}])) by ()",
        "( ( sum ( ( rate ( a [ {{   .window   }} ] ) ) ) ) )",
      })
  void spacesParenthesesAndAnEmptyByChangeNothing(String query) {
    assertThat(counted(query).selector()).isEqualTo(new Selector("a", List.of()));
  }

  @Test
  void divisionGoesBeforeDifferenceAndBothFromTheLeft() {
    String query = "sum(rate(a[{{.window}}])) - sum(rate(b[{{.window}}])) / 2 / 3";
    assertThat(read(query))
        .isInstanceOfSatisfying(
            Expr.Difference.class,
            difference ->
                assertThat(difference.right())
                    .isInstanceOfSatisfying(
                        Expr.Quotient.class,
                        quotient -> assertThat(quotient.left()).isInstanceOf(Expr.Quotient.class)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "rate(a[{{.window}}]) | 0 | 'rate' without sum",
        "count(rate(a[{{.window}}])) | 0 | 'count' is not translated",
        "sum(irate(a[{{.window}}])) | 4 | 'irate' is not translated inside sum",
        "sum(a) | 4 | 'a' is not translated inside sum",
        "a | 0 | 'a' stands outside of rate and increase",
        "sum(rate(a[5m])) | 11 | the range is fixed",
        "sum(rate(a[{{.window}}:])) | 22 | a subquery",
        "sum(rate(a[{{.window}}] offset 5m)) | 24 | 'offset' is not translated",
        "sum(rate(a[{{.window}}] @ 0)) | 24 | '@' is not translated",
        "sum(rate(a[{{.other}}])) | 11 | a template other than {{.window}}",
        "sum(rate(a{b=\"{{.window}}\"}[{{.window}}])) | 13 | a template inside a string",
        "sum(rate({b=\"c\"}[{{.window}}])) | 9 | a selector without a metric's name",
        "sum(rate(a{__name__=~\"b\"}[{{.window}}])) | 11 | '__name__' is not translated",
        "sum(rate(a{\"b\"=\"c\"}[{{.window}}])) | 11 | a label's name in quotes",
        "sum(rate(a{b==\"c\"}[{{.window}}])) | 12 | '==' is not translated here",
        "sum(rate(a{b=~\"(\"}[{{.window}}])) | 14 | '(' is no regular expression of RE2",
        "sum(rate(a{b=~\"(c{1000}){1000}\"}[{{.window}}])) | 14 | becomes more than 1000",
        "sum(rate(a{b=\"\\d\"}[{{.window}}])) | 13 | an escape that Go has not",
        "sum(rate(a{b=\"\\'\"}[{{.window}}])) | 13 | an escape that Go has not",
        "sum(rate(a{b=\"\\xff\"}[{{.window}}])) | 13 | a string that is no UTF-8",
        "sum(rate(a{b=\"c}[{{.window}}])) | 13 | a string that is not closed",
        "sum(rate(a{b=c}[{{.window}}])) | 13 | 'c' is not translated here",
        "sum by (b, c) (rate(a[{{.window}}])) | 4 | 'by (b, c)' gives each group a budget",
        "sum without () (rate(a[{{.window}}])) | 4 | 'without ()' gives each group a budget",
        "sum(rate(a[{{.window}}])) + 1 | 26 | '+' is not translated here",
        "sum(rate(a[{{.window}}])) or vector(0) | 26 | 'or' is not translated here",
        "sum(rate(a[{{.window}}]) / 2) | 25 | '/' is not translated here",
        "sum(rate(a[{{.window}}])) / 1e3 | 28 | number '1e3' is not translated",
        "sum(rate(a[{{.window}}])) > 0 | 26 | '>' is not translated here",
        "-sum(rate(a[{{.window}}])) | 0 | '-' is not translated here",
        "sum(rate(a[{{.window}}]) | 24 | the query ends too early",
        "sum(rate(a{ | 11 | the query ends too early",
        "sum(rate(a{b=\"c\" d=\"e\"}[{{.window}}])) | 17 | 'd' is not translated here",
        "sum(rate(a[{{.window}}]))) | 25 | ')' is not translated here",
        "sum(rate(ä[{{.window}}])) | 9 | 'ä' is not translated",
        "~~ | 0 | the query ends too early",
      })
  void everythingElseIsNamedWhereItStands(String query, int offset, String message) {
    assertThat(PromQl.read(query))
        .isInstanceOfSatisfying(
            Reading.Refused.class,
            refused -> {
              assertThat(refused.refusal().message()).contains(message);
              assertThat(refused.refusal().offset()).isEqualTo(offset);
            });
  }

  @Test
  void depthAndLengthHaveBounds() {
    String deep = "(".repeat(51) + "1" + ")".repeat(51);
    assertThat(PromQl.read(deep))
        .isEqualTo(new Reading.Refused(new Refusal(50, "has parentheses over 50 deep")));
    assertThat(PromQl.read("sum(" + "(".repeat(60))).isInstanceOf(Reading.Refused.class);
    assertThat(PromQl.read(" ".repeat(10_001)))
        .isEqualTo(new Reading.Refused(new Refusal(0, "has over 10000 characters")));
  }

  private static Expr read(String query) {
    return ((Reading.Read) PromQl.read(query)).expr();
  }

  private static Expr.Counted counted(String query) {
    return (Expr.Counted) read(query);
  }
}
