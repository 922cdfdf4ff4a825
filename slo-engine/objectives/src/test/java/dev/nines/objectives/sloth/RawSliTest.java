// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.AttributeMatcher;
import dev.nines.objectives.AttributeMatcher.Operator;
import dev.nines.objectives.Budgeting;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RawIndicator;
import dev.nines.objectives.RawIndicator.RawType;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import dev.nines.objectives.openslo.SloDefinition;
import dev.nines.objectives.openslo.Source;
import dev.nines.objectives.openslo.Violation;
import dev.nines.objectives.sloth.SlothImport.Imported;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SLIs of Sloth that are a ratio already. */
class RawSliTest {

  private static final String SPEC =
      """
      version: "prometheus/v1"
      service: home
      slos:
        - name: wifi
          objective: 95
          sli:
            raw:
              error_ratio_query: |
                QUERY
          alerting: {name: WifiClientSatisfaction}
      """;

  /** The second is what Sloth's own example asks, in the case of this form. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "avg_over_time(x{job='home',ap!=\"b\"}[{{.window}}]) | FAILURE",
        "1 - (sum(sum_over_time(x{job=\"home\",ap!=\"b\"}[{{.window}}])) / sum(count_over_time(x{job=\"home\",ap!=\"b\"}[{{.window}}]))) | SUCCESS",
        "((sum(sum_over_time(x{job=\"home\",ap!=\"b\"}[{{.window}}])) / sum(count_over_time(x{job=\"home\",ap!=\"b\"}[{{.window}}])))) | FAILURE",
        "1 - avg_over_time(x{job=\"home\",ap!=\"b\"}[{{.window}}]) | SUCCESS",
        "x{job=\"home\",ap!=\"b\"} | FAILURE",
      })
  void theMeanOfOneMetricsPointsIsTranslated(String query, RawType type) {
    Imported found = read(query);
    assertThat(found.violations()).isEmpty();
    Parsed parsed = OpenSlo.read("imported", found.yaml());
    assertThat(parsed.violations()).isEmpty();
    SloDefinition slo = parsed.slos().getFirst();
    assertThat(slo.indicator())
        .isEqualTo(
            new RawIndicator(
                new MetricSelection(
                    "x",
                    "home",
                    Map.of(),
                    List.of(),
                    List.of(new AttributeMatcher("ap", Operator.NOT_EQUAL, "b"))),
                type));
    assertThat(slo.budgeting()).isEqualTo(new Budgeting.RatioTimeslices(Duration.ofMinutes(1)));
    assertThat(slo.policies()).hasSize(4);
    assertThat(found.notes())
        .extracting(Violation::message)
        .anyMatch(note -> note.startsWith("'x' must be between 0 and 1"))
        .hasSize(query.startsWith("x{") ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sum(rate(a[{{.window}}])) / sum(rate(b[{{.window}}])) | 9:15 | 'rate' is not translated: a ratio",
        "sum(sum_over_time(a[{{.window}}])) / sum(count_over_time(b[{{.window}}])) | 9:11 | divides by the points of another selector",
        "sum(sum_over_time(a[{{.window}}])) | 10:1 | the query ends too early",
        "max_over_time(a[{{.window}}]) | 9:11 | 'max_over_time' is not translated: a ratio",
        "1 - max(a) | 9:15 | 'max' is not translated: a ratio",
        "1 / a | 9:13 | '/' is not translated here",
        "2 - a | 9:11 | '2' is not translated here",
        "avg_over_time(a[5m]) | 9:27 | the range is fixed",
        "avg_over_time(a[{{.window}}]) > 0 | 9:41 | '>' is not translated here",
        "a_bucket{le=\"1\"} | 9:11 | a part of a histogram is no ratio",
      })
  void whatIsNoMeanIsNamedWhereItStands(String query, String place, String message) {
    Imported found = read(query);
    assertThat(found.violations()).hasSize(1);
    Violation violation = found.violations().getFirst();
    assertThat(violation.message()).startsWith(message);
    assertThat(violation.path()).isEqualTo("slos[0].sli.raw.error_ratio_query");
    assertThat(violation.line() + ":" + violation.column()).isEqualTo(place);
  }

  /** The two forms call the field otherwise, and Sloth's own example has the other's. */
  @Test
  void anotherFormsFieldIsUnknown() {
    String other = SPEC.replace("error_ratio_query", "errorRatioQuery").replace("QUERY", "x");
    assertThat(importOf(other).violations()).extracting(Violation::rule).contains("unknown-field");
  }

  private static Imported read(String query) {
    return importOf(SPEC.replace("QUERY", query));
  }

  private static Imported importOf(String spec) {
    return SlothImport.read(List.of(new Source("wifi.yml", spec)), Optional.of(Arrival.SCRAPE), 30);
  }
}
