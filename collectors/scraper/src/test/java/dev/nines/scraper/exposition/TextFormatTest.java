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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text format 0.0.4, by its documentation. */
class TextFormatTest {

  /** The example of the documentation. */
  private static final String DOCUMENTED =
      """
      # HELP http_requests_total The total number of HTTP requests.
      # TYPE http_requests_total counter
      http_requests_total{method="post",code="200"} 1027 1395066363000
      http_requests_total{method="post",code="400"}    3 1395066363000

      # Escaping in label values:
      msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

      # Minimalistic line:
      metric_without_timestamp_and_labels 12.47

      # A weird metric from before the epoch:
      something_weird{problem="division by zero"} +Inf -3982045

      # A histogram, which has a pretty complex representation in the text format:
      # HELP http_request_duration_seconds A histogram of the request duration.
      # TYPE http_request_duration_seconds histogram
      http_request_duration_seconds_bucket{le="0.05"} 24054
      http_request_duration_seconds_bucket{le="0.1"} 33444
      http_request_duration_seconds_bucket{le="0.2"} 100392
      http_request_duration_seconds_bucket{le="0.5"} 129389
      http_request_duration_seconds_bucket{le="1"} 133988
      http_request_duration_seconds_bucket{le="+Inf"} 144320
      http_request_duration_seconds_sum 53423
      http_request_duration_seconds_count 144320

      # Finally a summary, which has a complex representation, too:
      # HELP rpc_duration_seconds A summary of the RPC duration in seconds.
      # TYPE rpc_duration_seconds summary
      rpc_duration_seconds{quantile="0.01"} 3102
      rpc_duration_seconds{quantile="0.05"} 3272
      rpc_duration_seconds{quantile="0.5"} 4773
      rpc_duration_seconds{quantile="0.9"} 9001
      rpc_duration_seconds{quantile="0.99"} 76656
      rpc_duration_seconds_sum 1.7560473e+07
      rpc_duration_seconds_count 2693
      """;

  @Test
  void theExampleOfTheDocumentationIsReadWhole() throws IOException {
    Exposition.Read read = read(DOCUMENTED);
    assertThat(read.samples()).isEqualTo(20);
    assertThat(read.families()).hasSize(6);
    Family requests = read.families().getFirst();
    assertThat(requests.type()).isEqualTo(FamilyType.COUNTER);
    assertThat(requests.help()).isEqualTo("The total number of HTTP requests.");
    assertThat(requests.points())
        .containsExactly(
            number("http_requests_total", Labels.of("method", "post", "code", "200"), 1027, 3),
            number("http_requests_total", Labels.of("method", "post", "code", "400"), 3, 4));
    assertThat(read.families().get(1).points().getFirst().labels())
        .isEqualTo(
            Labels.of("path", "C:\\DIR\\FILE.TXT", "error", "Cannot find file:\n\"FILE.TXT\""));
    assertThat(read.families().get(3).points())
        .containsExactly(
            new Point.Number(
                "something_weird",
                Labels.of("problem", "division by zero"),
                Double.POSITIVE_INFINITY,
                -3982045_000_000L,
                0,
                List.of(),
                13));
  }

  @Test
  void bucketsAreCountedEachForItself() throws IOException {
    Point point = read(DOCUMENTED).families().get(4).points().getFirst();
    assertThat(point)
        .isEqualTo(
            new Point.Histogram(
                Labels.NONE,
                List.of(.05, .1, .2, .5, 1.),
                List.of(24054L, 9390L, 66948L, 28997L, 4599L, 10332L),
                OptionalDouble.of(53423),
                Point.NO_TIME,
                0,
                List.of(),
                18));
    assertThat(((Point.Histogram) point).count()).isEqualTo(144320);
  }

  @Test
  void aSummaryHasItsQuantiles() throws IOException {
    Point.Summary summary = (Point.Summary) read(DOCUMENTED).families().get(5).points().getFirst();
    assertThat(summary.count()).isEqualTo(2693);
    assertThat(summary.sum()).isEqualTo(1.7560473e+07);
    assertThat(summary.quantiles())
        .hasSize(5)
        .contains(new Point.Quantile(.5, 4773), new Point.Quantile(.99, 76656));
  }

  @Test
  void blanksAndATrailingCommaMeanNothing() throws IOException {
    Family family =
        read("\t a { b = \"c\" ,\td=\"e\",} \t 1 \t 2 \t\n  \n#\n#HELP a x\n# other\n")
            .families()
            .getFirst();
    assertThat(family.points())
        .containsExactly(
            new Point.Number("a", Labels.of("b", "c", "d", "e"), 1, 2_000_000, 0, List.of(), 1));
    assertThat(family.help()).isEmpty();
  }

  @Test
  void namesInQuotesMayHoldAnyCharacter() throws IOException {
    Family family =
        read("# TYPE \"http.server ü\" counter\n{\"http.server ü\",\"a.b\"=\"c\",d=\"\"} 1\n")
            .families()
            .getFirst();
    assertThat(family.type()).isEqualTo(FamilyType.COUNTER);
    assertThat(family.points().getFirst())
        .isEqualTo(
            new Point.Number(
                "http.server ü", Labels.of("a.b", "c"), 1, Point.NO_TIME, 0, List.of(), 2));
  }

  /** Exporters that sort their lines by their bytes write so. */
  @Test
  void samplesOfAFamilyMayStandApart() throws IOException {
    Exposition.Read read = read("a 1\na_b 2\na{c=\"d\"} 3\n");
    assertThat(read.families()).extracting(Family::name).containsExactly("a", "a_b");
    assertThat(read.families().getFirst().points()).hasSize(2);
  }

  @Test
  void aSummaryWithoutACountIsKeptAsGauges() throws IOException {
    assertThat(read("# TYPE s summary\ns{quantile=\"0.5\"} 4\ns_sum 8\n").families())
        .singleElement()
        .satisfies(
            family ->
                assertThat(family.points())
                    .extracting(point -> ((Point.Number) point).name())
                    .containsExactly("s", "s_sum"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~# TYPE a counter\\na 1\\n# TYPE a gauge\\n~ | 3 | type-twice
          a 1\\n# TYPE a gauge\\n                                   | 2 | type-late
          ~# HELP a b\\n# HELP a c\\n~ | 2 | help-twice
          ~# TYPE a info\\n~ | 1 | type
          ~# TYPE a counter b\\n~ | 1 | syntax
          ~# TYPE 1a counter\\n~ | 1 | name
          ~# HELP a-b c\\n~ | 1 | name
          a\\n                                                      | 1 | number
          a 1_000\\n                                                | 1 | number
          a 0x1p4\\n                                                | 1 | number
          a 1e999\\n                                                | 1 | number
          a 1 2 3\\n                                                | 1 | syntax
          a 1 2.5\\n                                                | 1 | timestamp
          a 1\\na 1\\n                                              | 2 | duplicate
          a 1                                                       | 1 | line-feed
          \\n\\na 1\\r\\n                                           | 3 | number
          1a 1\\n                                                   | 1 | name
          {} 1\\n                                                   | 1 | name
          a{b="c"\\n                                                | 1 | syntax
          a{b="c}\\n                                                | 1 | quote
          a{b=c} 1\\n                                               | 1 | syntax
          a{b="c",b="d"} 1\\n                                       | 1 | label-twice
          a{b:c="d"} 1\\n                                           | 1 | syntax
          a{__name__="b"} 1\\n                                      | 1 | label-name
          a{b="\\\\d"} 1\\n                                         | 1 | escape
          a{"b"} 1\\n                                               | 1 | syntax
          ~# TYPE h histogram\\nh 1\\n~ | 2 | suffix
          ~# TYPE h histogram\\nh_bucket 1\\n~ | 2 | label-missing
          ~# TYPE h histogram\\nh_bucket{le="1"} 1\\n~ | 2 | infinite-bucket
          ~# TYPE h histogram\\nh_count 1\\n~ | 2 | infinite-bucket
          ~# TYPE h histogram\\nh_bucket{le="x"} 1\\n~ | 2 | number
          ~# TYPE h histogram\\nh_bucket{le="NaN"} 1\\n~ | 2 | bound
          ~# TYPE h histogram\\nh_bucket{le="+Inf"} 1.5\\n~ | 2 | count
          ~# TYPE h histogram\\nh_bucket{le="+Inf"} -1\\n~ | 2 | count
          ~# TYPE h histogram\\nh_bucket{le="+Inf"} 1\\nh_count 2\\n~ | 3 | histogram-count
          ~# TYPE h histogram\\nh_bucket{le="1"} 2\\nh_bucket{le="+Inf"} 1\\n~ | 3 | bucket-count
          ~# TYPE h histogram\\nh_bucket{le="1"} 1\\nh_bucket{le="1.0"} 1\\n~ | 3 | bucket-order
          ~# TYPE s summary\\ns 1\\n~ | 2 | label-missing
          ~# TYPE s summary\\ns{quantile="2"} 1\\n~ | 2 | quantile
          """)
  void whatBreaksARuleIsRefusedWithItsLine(String body, int line, String rule) {
    String text = body.strip().replace("\\n", "\n").replace("\\r", "\r").replace("\\\\", "\\");
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            malformed -> {
              assertThat(malformed.rule()).as(malformed.toString()).isEqualTo(rule);
              assertThat(malformed.line()).isEqualTo(line);
            });
  }

  @Test
  void whatIsNoUtf8IsRefused() {
    byte[] body = {'a', '{', 'b', '=', '"', (byte) 0xff, '"', '}', ' ', '1', '\n'};
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> Exposition.read(new ByteArrayInputStream(body), Syntax.TEXT, 10))
        .satisfies(malformed -> assertThat(malformed.rule()).isEqualTo("utf-8"));
  }

  @Test
  void linesAndSamplesHaveABound() {
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> read("# " + "x".repeat(2 * Lines.LINE_BYTES_MAX) + "\n"))
        .satisfies(malformed -> assertThat(malformed.rule()).isEqualTo("line-length"));
    assertThatExceptionOfType(TooManySamples.class)
        .isThrownBy(
            () ->
                Exposition.read(
                    new ByteArrayInputStream("a 1\nb 1\nc 1\n".getBytes(UTF_8)), Syntax.TEXT, 2));
  }

  /** Nothing of it has a value, and each would be a family of its own. */
  @Test
  void metadataHaveABound() {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 31; i++) {
      body.append("# HELP a").append(i).append(" x\n");
    }
    assertThatExceptionOfType(TooManySamples.class)
        .isThrownBy(
            () ->
                Exposition.read(
                    new ByteArrayInputStream(body.toString().getBytes(UTF_8)), Syntax.TEXT, 10));
  }

  /** Texts of "Aa" and "BB" have one hash: as lists of each other, these would take minutes. */
  @Test
  @Timeout(20)
  void labelsWithEqualHashesAreReadInTimeThatGrowsWithTheirNumber() throws IOException {
    int many = 1 << 15;
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < many; i++) {
      body.append("a{b=\"");
      for (int bit = 0; bit < 15; bit++) {
        body.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      body.append("\"} 1\n");
    }
    assertThat(read(body.toString()).samples()).isEqualTo(many);
  }

  private static Point.Number number(String name, Labels labels, double value, int line) {
    return new Point.Number(name, labels, value, 1395066363000_000_000L, 0, List.of(), line);
  }

  private static Exposition.Read read(String body) throws IOException {
    return Exposition.read(new ByteArrayInputStream(body.getBytes(UTF_8)), Syntax.TEXT, 1_000_000);
  }
}
