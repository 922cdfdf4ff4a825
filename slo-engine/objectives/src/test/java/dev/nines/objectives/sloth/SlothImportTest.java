// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnPolicy.Severity;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import dev.nines.objectives.openslo.SloDefinition;
import dev.nines.objectives.openslo.Source;
import dev.nines.objectives.openslo.Violation;
import dev.nines.objectives.sloth.SlothImport.Imported;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs of Sloth, and what becomes of them. */
class SlothImportTest {

  private static final Path EXAMPLES =
      Path.of(System.getProperty("nines.root"), "slo-engine", "examples");
  private static final String SPEC =
      """
      version: "prometheus/v1"
      service: shop
      slos:
        - name: NAME
          objective: 99.9
          sli:
            events:
              error_query: 'ERRORS'
              total_query: 'TOTAL'
          alerting: {name: Fails}
      """;

  @Test
  void theExamplesAreWrittenAsTheFileBesideThemAndAreValid() throws IOException {
    Imported found =
        SlothImport.read(List.of(example("shop.yml"), example("kubernetes.yml")), scrape(), 30);
    assertThat(found.violations()).isEmpty();
    assertThat(found.yaml()).isEqualTo(Files.readString(EXAMPLES.resolve("sloth.expected.yaml")));
    Parsed parsed = OpenSlo.read("sloth.expected.yaml", found.yaml());
    assertThat(parsed.violations()).isEmpty();
    assertThat(parsed.notes()).isEmpty();
    assertThat(parsed.slos()).hasSize(found.declared()).hasSize(6);
    SloDefinition first = parsed.slos().getFirst();
    assertThat(first.target()).isEqualByComparingTo("0.999");
    assertThat(first.labels()).isEqualTo(Map.of("team", "checkout", "tier", "1"));
    assertThat(first.vanished()).isEqualTo(Slo.Vanished.OFF);
    SloDefinition unwatched = parsed.slos().get(3);
    assertThat(unwatched.name()).isEqualTo("shop-unwatched");
    assertThat(unwatched.policies()).isEmpty();
  }

  @Test
  void whatCannotBeTranslatedIsNamedAsInTheFileBesideIt() throws IOException {
    Imported found = SlothImport.read(List.of(example("refused.yml")), scrape(), 30);
    assertThat(found.violations())
        .extracting(Violation::toString)
        .containsExactlyElementsOf(Files.readAllLines(EXAMPLES.resolve("sloth.refused.txt")));
    assertThat(found.documents()).hasSize(1);
    assertThat(found.declared()).isEqualTo(10);
  }

  @Test
  void aPartOfAHistogramIsNamedByHowItComes() {
    String errors = "sum(rate(h_count{c=~\"5..\"}[{{.window}}]))";
    String total = "sum(rate(h_count[{{.window}}]))";
    assertThat(read(errors, total, Optional.empty()).violations())
        .singleElement()
        .satisfies(found -> assertThat(found.message()).contains("say --arrival scrape"));
    CounterIndicator scraped = (CounterIndicator) indicator(errors, total, Arrival.SCRAPE);
    assertThat(scraped.total()).isEqualTo(new MetricSelection("h", "", Map.of(), List.of()));
    CounterIndicator written = (CounterIndicator) indicator(errors, total, Arrival.REMOTE_WRITE);
    assertThat(written.total().metric()).isEqualTo("h_count");
    assertThat(written.part().metric()).isEqualTo("h_count");
  }

  @Test
  void quickEventsOverRemoteWriteAreTheCounterOfTheirBucket() {
    CounterIndicator found =
        (CounterIndicator)
            indicator(
                "sum(rate(h_count{job=\"a\"}[{{.window}}]))"
                    + " - sum(rate(h_bucket{le=\"0.5\",job=\"a\"}[{{.window}}]))",
                "sum(rate(h_count{job=\"a\"}[{{.window}}]))",
                Arrival.REMOTE_WRITE);
    assertThat(found.partIs()).isEqualTo(CounterIndicator.Part.GOOD);
    assertThat(found.part())
        .isEqualTo(new MetricSelection("h_bucket", "a", Map.of("le", "0.5"), List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a_total | a_total | selects the same as total_query",
        "a_total/60 | b_total | is divided by 60 and the total by 1",
        "a_total/0 | b_total | divides by zero",
        "a_total-b_total-c_total | b_total | more than one difference",
        "a_total-b_total/2 | a_total | divided by different numbers",
        "a_total-b_total | c_total | subtracts from something else",
        "a_total | b_total-c_total | a difference is no total",
        "a_total/b_total | b_total | a ratio inside a query",
        "5 | b_total | 5 counts no events",
        "INCREASE | b_total | takes increase and the total takes rate",
        "h_count-h_bucket{le=\"x\"} | h_count | no threshold above 0",
        "h_count-h_bucket{le=\"0\"} | h_count | no threshold above 0",
        "h_count-h_bucket{le=~\"1\"} | h_count | exactly one le",
        "h_count-h_bucket | h_count | exactly one le",
        "h_count-h_bucket{le=\"1\",c=\"2\"} | h_count | a bucket with other labels",
        "h_count-h_bucket{le=\"+Inf\"} | h_count | selects the same as total_query",
        "h_bucket{le=\"1\"} | h_count | holds quick events",
        "a_total | h_bucket{le=\"1\"} | one bucket of a histogram is no total",
        "h_sum | h_count | is the sum of a scraped histogram",
      })
  void whatTwoQueriesCannotSayTogetherIsNamed(String errors, String total, String message) {
    Imported found = read(query(errors), query(total), scrape());
    assertThat(found.violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.message()).contains(message));
    assertThat(found.documents()).isEmpty();
  }

  @Test
  void scalarsThatCancelChangeNothing() {
    Indicator plain = indicator(query("a_total"), query("b_total"), Arrival.SCRAPE);
    assertThat(
            indicator("(" + query("a_total/2") + ") / 30.0", query("b_total/60"), Arrival.SCRAPE))
        .isEqualTo(plain);
  }

  @Test
  void theOrderOfLabelsSaysNothing() {
    Imported found =
        read(
            query("h_count{b!=\"1\",a!=\"2\"}-h_bucket{a!=\"2\",le=\"1\",b!=\"1\"}"),
            query("h_count{a!=\"2\",b!=\"1\"}"),
            scrape());
    assertThat(found.violations()).isEmpty();
  }

  @Test
  void aNameIsTakenOnce() {
    Imported found =
        SlothImport.read(
            List.of(
                new Source("a.yml", spec("a.b", query("a_total"), query("b_total"))),
                new Source("b.yml", spec("A_B", query("a_total"), query("b_total")))),
            Optional.empty(),
            30);
    assertThat(found.documents()).hasSize(1);
    assertThat(found.violations())
        .extracting(Violation::toString)
        .containsExactly("b.yml:4:1 name: is 'shop-a-b' here, as that at a.yml:4");
  }

  @Test
  void whatOurReaderRefusesIsNotWritten() {
    String name = "x".repeat(70);
    Imported found =
        SlothImport.read(
            List.of(new Source("a.yml", spec(name, query("a_total"), query("b_total")))),
            Optional.empty(),
            30);
    assertThat(found.documents()).isEmpty();
    assertThat(found.violations()).extracting(Violation::rule).contains("dns-label");
  }

  @Test
  void otherFilesAreNamed() {
    for (String text :
        List.of("", "kind: SLO", "apiVersion: sloth.slok.dev/v1\nkind: AlertWindows")) {
      Imported found = SlothImport.read(List.of(new Source("a.yml", text)), scrape(), 30);
      assertThat(found.whole()).isFalse();
      assertThat(found.documents()).isEmpty();
    }
  }

  /** Factors as in the rules that Sloth generates for the catalog's two periods. */
  @ParameterizedTest
  @CsvSource({"30, 14.4, 6, 3, 1", "28, 13.44, 5.6, 2.8, 0.9333333333333333"})
  void theAlertsAreSloths(int days, String first, String second, String third, String fourth) {
    String yaml =
        SlothImport.read(
                List.of(new Source("a.yml", spec("s", query("a_total"), query("b_total")))),
                Optional.empty(),
                days)
            .yaml();
    SloDefinition slo = OpenSlo.read("a", yaml).slos().getFirst();
    assertThat(slo.policies())
        .extracting(BurnPolicy::factor)
        .containsExactly(
            new BigDecimal(first),
            new BigDecimal(second),
            new BigDecimal(third),
            new BigDecimal(fourth));
    assertThat(slo.policies())
        .extracting(BurnPolicy::severity)
        .containsExactly(Severity.PAGE, Severity.PAGE, Severity.TICKET, Severity.TICKET);
    assertThat(slo.period().longest().toDays()).isEqualTo(days);
  }

  private static Indicator indicator(String errors, String total, Arrival arrival) {
    Imported found = read(errors, total, Optional.of(arrival));
    assertThat(found.violations()).isEmpty();
    return OpenSlo.read("a", found.yaml()).slos().getFirst().indicator();
  }

  private static Imported read(String errors, String total, Optional<Arrival> arrival) {
    return SlothImport.read(List.of(new Source("a.yml", spec("s", errors, total))), arrival, 30);
  }

  private static String spec(String name, String errors, String total) {
    return SPEC.replace("NAME", name).replace("ERRORS", errors).replace("TOTAL", total);
  }

  /** Metrics and numbers between operators, each metric as a sum of its rates. */
  private static String query(String text) {
    if (text.equals("INCREASE")) {
      return "sum(increase(a_total[{{.window}}]))";
    }
    return text.replaceAll("([a-z]+_[a-z]+(?:\\{[^}]*})?)", "sum(rate($1[{{.window}}]))");
  }

  private static Optional<Arrival> scrape() {
    return Optional.of(Arrival.SCRAPE);
  }

  private static Source example(String name) throws IOException {
    return new Source("sloth/" + name, Files.readString(EXAMPLES.resolve("sloth/" + name)));
  }
}
