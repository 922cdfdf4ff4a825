// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenMetrics 1.0.0, by its specification. */
class OpenMetricsTest {

  /** The complete exposition of the specification. */
  private static final String SPECIFIED =
      """
      # TYPE acme_http_router_request_seconds summary
      # UNIT acme_http_router_request_seconds seconds
      # HELP acme_http_router_request_seconds Latency though all of ACME's HTTP request router.
      acme_http_router_request_seconds_sum{path="/api/v1",method="GET"} 9036.32
      acme_http_router_request_seconds_count{path="/api/v1",method="GET"} 807283.0
      acme_http_router_request_seconds_created{path="/api/v1",method="GET"} 1605281325.0
      acme_http_router_request_seconds_sum{path="/api/v2",method="POST"} 479.3
      acme_http_router_request_seconds_count{path="/api/v2",method="POST"} 34.0
      acme_http_router_request_seconds_created{path="/api/v2",method="POST"} 1605281325.0
      # TYPE go_goroutines gauge
      # HELP go_goroutines Number of goroutines that currently exist.
      go_goroutines 69
      # TYPE process_cpu_seconds counter
      # UNIT process_cpu_seconds seconds
      # HELP process_cpu_seconds Total user and system CPU time spent in seconds.
      process_cpu_seconds_total 4.20072246e+06
      # EOF
      """;

  @Test
  void theExpositionOfTheSpecificationIsReadWhole() throws IOException {
    Exposition.Read read = read(SPECIFIED);
    assertThat(read.samples()).isEqualTo(8);
    assertThat(read.families())
        .extracting(Family::name)
        .containsExactly(
            "acme_http_router_request_seconds", "go_goroutines", "process_cpu_seconds");
    Family router = read.families().getFirst();
    assertThat(router.unit()).isEqualTo("seconds");
    assertThat(router.points())
        .containsExactly(
            new Point.Summary(
                Labels.of("path", "/api/v1", "method", "GET"),
                List.of(),
                9036.32,
                807283,
                Point.NO_TIME,
                1605281325_000_000_000L,
                4),
            new Point.Summary(
                Labels.of("path", "/api/v2", "method", "POST"),
                List.of(),
                479.3,
                34,
                Point.NO_TIME,
                1605281325_000_000_000L,
                7));
    assertThat(read.families().get(2).points())
        .containsExactly(
            new Point.Number(
                "process_cpu_seconds_total",
                Labels.NONE,
                4.20072246e+06,
                Point.NO_TIME,
                0,
                List.of(),
                16));
  }

  /** The example of the specification's chapter on exemplars. */
  @Test
  void exemplarsStandBesideTheirBuckets() throws IOException {
    Family family =
        read("""
                # TYPE foo histogram
                foo_bucket{le="0.01"} 0
                foo_bucket{le="0.1"} 8 # {} 0.054
                foo_bucket{le="1"} 11 # {trace_id="KOO5S4vxi0o"} 0.67
                foo_bucket{le="10"} 17 # {trace_id="oHg5SJYRHA0"} 9.8 1520879607.789
                foo_bucket{le="+Inf"} 17
                foo_count 17
                foo_sum 324789.3
                foo_created 1520430000.123
                # EOF
                """)
            .families()
            .getFirst();
    assertThat(family.points())
        .containsExactly(
            new Point.Histogram(
                Labels.NONE,
                List.of(.01, .1, 1., 10.),
                List.of(0L, 8L, 3L, 6L, 0L),
                OptionalDouble.of(324789.3),
                Point.NO_TIME,
                1520430000_123_000_000L,
                List.of(
                    new Exemplar(Labels.NONE, .054, Point.NO_TIME),
                    new Exemplar(Labels.of("trace_id", "KOO5S4vxi0o"), .67, Point.NO_TIME),
                    new Exemplar(
                        Labels.of("trace_id", "oHg5SJYRHA0"), 9.8, 1520879607_789_000_000L)),
                2));
  }

  /** Examples of the specification's chapters on types. */
  @Test
  void everyTypeIsRead() throws IOException {
    Exposition.Read read =
        read(
            """
            # TYPE foo_seconds counter
            # UNIT foo_seconds seconds
            foo_seconds_total{entity="controller"} 17.0 1520879607.789 # {a="b"} 0.5 1520879607
            foo_seconds_created{entity="controller"} 1520872607.123 1520879607.789
            # TYPE state stateset
            state{entity="controller",state="a"} 1.0
            state{entity="controller",state="bb"} 0.0
            # TYPE build info
            build_info{entity="controller",name="prettyname",version="8.2.7"} 1.0
            # TYPE queue gaugehistogram
            queue_bucket{le="0.01"} 20.0
            queue_bucket{le="+Inf"} 42.0
            queue_gcount 42.0
            queue_gsum 3289.3
            # TYPE other unknown
            other{a="b"} -5
            undeclared NaN
            # EOF""");
    assertThat(read.families())
        .extracting(Family::type)
        .containsExactly(
            FamilyType.COUNTER,
            FamilyType.STATE_SET,
            FamilyType.INFO,
            FamilyType.GAUGE_HISTOGRAM,
            FamilyType.UNKNOWN,
            FamilyType.UNKNOWN);
    assertThat(read.families().getFirst().points())
        .containsExactly(
            new Point.Number(
                "foo_seconds_total",
                Labels.of("entity", "controller"),
                17,
                1520879607_789_000_000L,
                1520872607_123_000_000L,
                List.of(new Exemplar(Labels.of("a", "b"), .5, 1520879607_000_000_000L)),
                3));
    assertThat(read.families().get(1).points()).hasSize(2);
    assertThat(read.families().get(3).points())
        .extracting(point -> ((Point.Number) point).name())
        .containsExactly("queue_bucket", "queue_bucket", "queue_gcount", "queue_gsum");
  }

  @Test
  void aMetricMayHavePointsOfSeveralTimes() throws IOException {
    assertThat(read("a{b=\"c\"} 1 1\na{b=\"c\"} 2 1.5\na 3\n# EOF\n").families())
        .singleElement()
        .satisfies(family -> assertThat(family.points()).hasSize(3));
  }

  @Test
  void escapesAreThoseOfTheGrammar() throws IOException {
    Family family =
        read("# TYPE \"a.b\" gauge\n# HELP \"a.b\" x\\n\\\"\\\\y\n{\"a.b\",c=\"\\d\\n\\\"\"} 1\n# EOF\n")
            .families()
            .getFirst();
    assertThat(family.help()).isEqualTo("x\n\"\\y");
    assertThat(family.points().getFirst().labels()).isEqualTo(Labels.of("c", "\\d\n\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a 1\n", "", "a 1", "# TYPE a gauge\na 1\n# EO", "# TYPE a gauge\n"})
  void aBodyThatIsNotWholeIsRefused(String body) {
    assertThatExceptionOfType(Malformed.class).isThrownBy(() -> read(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          a  1                                          | 1 | number
          a 1                                           | 0 | none
          a{} 1                                         | 0 | none
          a{b="c",} 1                                   | 1 | name
          a{b="c", d="e"} 1                             | 1 | name
          a{b="c"}1                                     | 1 | syntax
          a 1 1 1                                       | 1 | syntax
          a 1 x                                         | 1 | number
          a 1 Inf                                       | 1 | timestamp
          ~# a comment~ | 1 | comment
          \\na 1                                        | 1 | comment
          ~# EOF\\na 1~ | 2 | eof
          ~# TYPE  a gauge~ | 1 | name
          ~# TYPE a gauge\\n# TYPE a gauge~ | 2 | type-twice
          ~# TYPE a untyped~ | 1 | type
          ~# TYPE a gauge\\na 1\\n# HELP a b~ | 3 | metadata-late
          ~# TYPE a_s gauge\\n# UNIT a_s m~ | 2 | unit
          ~# TYPE a_m info\\n# UNIT a_m m\\na_m_info 1~ | 1 | unit
          ~# TYPE a counter\\na 1~ | 2 | suffix
          ~# TYPE a counter\\na_created 1~ | 2 | counter
          ~# TYPE a counter\\na_total -1~ | 2 | counter
          ~# TYPE a counter\\na_total NaN~ | 2 | counter
          ~# TYPE a counter\\na_total 1\\na_created -1~ | 3 | created
          ~# TYPE a counter\\na_total 1\\n# TYPE a_total gauge\\na_total 2~ | 3 | clash
          ~# TYPE a gauge\\na 1\\nb 1\\na{c="d"} 1~ | 4 | interleaved
          ~# TYPE a gauge\\na 1 # {b="c"} 1~ | 2 | exemplar
          ~# TYPE a counter\\na_total 1 # {b="c"}~ | 2 | syntax
          ~# TYPE a counter\\na_total 1 # {b="c"} 1 x~ | 2 | number
          ~# TYPE a gauge\\na 1\\na 1~ | 3 | duplicate
          ~# TYPE a gauge\\na 1 2\\na 1 1~ | 3 | timestamp-order
          ~# TYPE a gauge\\na 1\\na 1 1~ | 3 | timestamp-order
          ~# TYPE a gauge\\na{b="c"} 1 1\\na 1 1\\na{b="c"} 1 2~ | 4 | interleaved
          ~# TYPE a info\\na_info 2~ | 2 | state
          ~# TYPE a stateset\\na{a="x"} 2~ | 2 | state
          ~# TYPE a stateset\\na{b="x"} 1~ | 2 | label-missing
          ~# TYPE a histogram\\na_bucket{le="2"} 1\\na_bucket{le="1"} 1\\na_bucket{le="+Inf"} 1~ | 3 | bucket-order
          ~# TYPE a histogram\\na_bucket{le="+Inf"} 1\\na_count 1~ | 2 | count-and-sum
          ~# TYPE a histogram\\na_bucket{le="-1"} 1\\na_bucket{le="+Inf"} 1\\na_count 1\\na_sum 1~ | 5 | negative-bucket
          ~# TYPE a gaugehistogram\\na_bucket{le="1"} 1~ | 2 | infinite-bucket
          ~# TYPE a summary\\na{quantile="0.5"} -1~ | 2 | quantile
          """)
  void whatBreaksARuleIsRefusedWithItsLine(String body, int line, String rule) throws IOException {
    String text = body.strip().replace("\\n", "\n") + "\n# EOF\n";
    if (line == 0) {
      assertThat(read(text).samples()).isEqualTo(1);
      return;
    }
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            malformed -> {
              assertThat(malformed.rule()).as(malformed.toString()).isEqualTo(rule);
              assertThat(malformed.line()).isEqualTo(line);
            });
  }

  @Test
  void anExemplarMayHaveOneHundredAndTwentyEightCharacters() throws IOException {
    String body = "# TYPE a counter\na_total 1 # {b=\"%s\"} 1\n# EOF\n";
    assertThat(read(body.formatted("ü".repeat(127))).samples()).isEqualTo(1);
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> read(body.formatted("ü".repeat(128))));
  }

  private static Exposition.Read read(String body) throws IOException {
    return Exposition.read(
        new ByteArrayInputStream(body.getBytes(UTF_8)), Syntax.OPEN_METRICS, 1_000_000);
  }
}
