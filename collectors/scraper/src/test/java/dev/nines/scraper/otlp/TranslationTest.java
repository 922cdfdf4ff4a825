// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.nines.scraper.TestJobs;
import dev.nines.scraper.definition.Target;
import dev.nines.scraper.exposition.Exposition;
import dev.nines.scraper.exposition.Malformed;
import dev.nines.scraper.exposition.Syntax;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is scraped as OTLP, read by OpenTelemetry's own classes. */
class TranslationTest {

  private static final Instant AT = Instant.parse("2026-11-26T10:00:00.123456789Z");
  private static final long NANOS = AT.getEpochSecond() * 1_000_000_000L + AT.getNano();
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  private final Target target = TestJobs.target("labels: {env: prod}");

  @Test
  void aCounterIsAMonotonicSumUnderItsWholeName() throws IOException {
    Metric metric =
        metric(
            scraped(
                target,
                """
                # TYPE a_seconds counter
                # UNIT a_seconds seconds
                # HELP a_seconds Help.
                a_seconds_total{b="c"} 5 # {trace_id="%s",span_id="%s",x="y"} 2 1
                a_seconds_created{b="c"} 1600000000.5
                # EOF
                """
                    .formatted(TRACE, SPAN)),
            "a_seconds_total");
    assertThat(metric.getDescription()).isEqualTo("Help.");
    assertThat(metric.getUnit()).isEqualTo("s");
    assertThat(texts(metric.getMetadataList()))
        .containsExactly(Map.entry("prometheus.type", "counter"));
    assertThat(metric.getSum().getIsMonotonic()).isTrue();
    assertThat(metric.getSum().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    NumberDataPoint point = metric.getSum().getDataPoints(0);
    assertThat(point.getAsDouble()).isEqualTo(5);
    assertThat(point.getTimeUnixNano()).isEqualTo(NANOS);
    assertThat(point.getStartTimeUnixNano()).isEqualTo(1600000000_500_000_000L);
    assertThat(texts(point.getAttributesList())).isEqualTo(Map.of("b", "c", "env", "prod"));
    assertThat(point.getExemplars(0).getTraceId()).isEqualTo(ByteString.fromHex(TRACE));
    assertThat(point.getExemplars(0).getSpanId()).isEqualTo(ByteString.fromHex(SPAN));
    assertThat(point.getExemplars(0).getAsDouble()).isEqualTo(2);
    assertThat(point.getExemplars(0).getTimeUnixNano()).isEqualTo(1_000_000_000L);
    assertThat(texts(point.getExemplars(0).getFilteredAttributesList()))
        .isEqualTo(Map.of("x", "y"));
  }

  @Test
  void histogramsAndSummariesArePutTogether() throws IOException {
    ExportMetricsServiceRequest request =
        scraped(
            target,
            """
            # TYPE h histogram
            h_bucket{le="1"} 2 # {a="b"} 0.5
            h_bucket{le="+Inf"} 5
            h_sum 7.5
            h_count 5
            # TYPE s summary
            s{quantile="0.5"} 3
            s_sum 9
            s_count 4
            # EOF
            """);
    HistogramDataPoint histogram = metric(request, "h").getHistogram().getDataPoints(0);
    assertThat(histogram.getExplicitBoundsList()).containsExactly(1.0);
    assertThat(histogram.getBucketCountsList()).containsExactly(2L, 3L);
    assertThat(histogram.getCount()).isEqualTo(5);
    assertThat(histogram.getSum()).isEqualTo(7.5);
    assertThat(histogram.getStartTimeUnixNano()).isZero();
    assertThat(histogram.getExemplars(0).getTimeUnixNano()).isEqualTo(NANOS);
    assertThat(texts(histogram.getAttributesList())).isEqualTo(Map.of("env", "prod"));
    assertThat(metric(request, "h").getHistogram().getAggregationTemporality())
        .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    SummaryDataPoint summary = metric(request, "s").getSummary().getDataPoints(0);
    assertThat(summary.getCount()).isEqualTo(4);
    assertThat(summary.getSum()).isEqualTo(9);
    assertThat(summary.getQuantileValues(0).getQuantile()).isEqualTo(.5);
    assertThat(summary.getQuantileValues(0).getValue()).isEqualTo(3);
    assertThat(texts(summary.getAttributesList())).isEqualTo(Map.of("env", "prod"));
  }

  @Test
  void whatIsOneForItsLabelsIsASumThatIsNotMonotonic() throws IOException {
    ExportMetricsServiceRequest request =
        scraped(
            target,
            """
            # TYPE build info
            build_info{version="1"} 1
            # TYPE state stateset
            state{state="a"} 1
            state{state="b"} 0
            # TYPE unknown unknown
            unknown 1
            # TYPE gh gaugehistogram
            gh_bucket{le="+Inf"} 3
            # EOF
            """);
    for (String name : List.of("build_info", "state")) {
      assertThat(metric(request, name).hasSum()).isTrue();
      assertThat(metric(request, name).getSum().getIsMonotonic()).isFalse();
    }
    assertThat(metric(request, "state").getSum().getDataPointsCount()).isEqualTo(2);
    assertThat(metric(request, "unknown").hasGauge()).isTrue();
    assertThat(texts(metric(request, "gh_bucket").getGauge().getDataPoints(0).getAttributesList()))
        .isEqualTo(Map.of("env", "prod", "le", "+Inf"));
  }

  @Test
  void theTargetIsTheResource() throws IOException {
    ResourceMetrics resource = scraped(target, "a 1\n# EOF\n").getResourceMetrics(0);
    assertThat(texts(resource.getResource().getAttributesList()))
        .isEqualTo(
            Map.of(
                "service.name", "test",
                "service.instance.id", "127.0.0.1:9100",
                "server.address", "127.0.0.1",
                "server.port", "9100",
                "url.scheme", "http"));
    assertThat(resource.getScopeMetrics(0).getScope().getName()).isEqualTo("nines.scraper");
  }

  @Test
  void whatATargetSaysOfItselfIsItsResourceButNotThatOfUp() throws IOException {
    ExportMetricsServiceRequest request =
        scraped(
            target,
            """
            # TYPE a gauge
            a{otel_scope_name="s",otel_scope_version="2"} 1
            # TYPE otel_scope info
            otel_scope_info{otel_scope_name="s",otel_scope_version="2",mascot="bear"} 1
            # TYPE target info
            target_info{host_name="h"} 1
            # EOF
            """);
    assertThat(request.getResourceMetricsCount()).isEqualTo(2);
    ResourceMetrics own = request.getResourceMetrics(0);
    assertThat(texts(own.getResource().getAttributesList())).containsEntry("host_name", "h");
    assertThat(own.getScopeMetrics(0).getScope().getName()).isEqualTo("s");
    assertThat(own.getScopeMetrics(0).getScope().getVersion()).isEqualTo("2");
    assertThat(texts(own.getScopeMetrics(0).getScope().getAttributesList()))
        .isEqualTo(Map.of("mascot", "bear"));
    assertThat(own.getScopeMetrics(0).getMetricsList())
        .extracting(Metric::getName)
        .containsOnly("a");
    assertThat(texts(request.getResourceMetrics(1).getResource().getAttributesList()))
        .doesNotContainKey("host_name");
  }

  @Test
  void labelsOfTheTargetWinUnlessThoseOfTheEndpointAreHonored() throws IOException {
    String body = "a{env=\"dev\",exported_env=\"x\",job=\"j\"} 1\n# EOF\n";
    ResourceMetrics kept = scraped(target, body).getResourceMetrics(0);
    assertThat(
            texts(
                kept.getScopeMetrics(0)
                    .getMetrics(0)
                    .getGauge()
                    .getDataPoints(0)
                    .getAttributesList()))
        .isEqualTo(
            Map.of(
                "env", "prod",
                "exported_exported_env", "dev",
                "exported_env", "x",
                "exported_job", "j"));
    Target honoring = TestJobs.target("labels: {env: prod}", "honor_labels: true");
    ResourceMetrics honored = scraped(honoring, body).getResourceMetrics(0);
    assertThat(texts(honored.getResource().getAttributesList())).containsEntry("service.name", "j");
    assertThat(
            texts(
                honored
                    .getScopeMetrics(0)
                    .getMetrics(0)
                    .getGauge()
                    .getDataPoints(0)
                    .getAttributesList()))
        .isEqualTo(Map.of("env", "dev", "exported_env", "x"));
  }

  @Test
  void aScrapeIsToldOf() throws IOException {
    ExportMetricsServiceRequest request = scraped(target, "a 1\nb 2\n# EOF\n");
    Map<String, Double> told = new TreeMap<>();
    for (String name :
        List.of(
            "up",
            "scrape_duration_seconds",
            "scrape_samples_scraped",
            "scrape_samples_post_metric_relabeling",
            "scrape_series_added")) {
      NumberDataPoint point = metric(request, name).getGauge().getDataPoints(0);
      assertThat(point.getTimeUnixNano()).isEqualTo(NANOS);
      assertThat(texts(point.getAttributesList())).isEqualTo(Map.of("env", "prod"));
      told.put(name, point.getAsDouble());
    }
    assertThat(told)
        .isEqualTo(
            Map.of(
                "up", 1.0,
                "scrape_duration_seconds", .25,
                "scrape_samples_scraped", 2.0,
                "scrape_samples_post_metric_relabeling", 2.0,
                "scrape_series_added", 2.0));
  }

  @Test
  void whatIsNotThereAnyMoreHasEnded() throws IOException {
    Translation before =
        translation(
            target,
            """
            # TYPE h histogram
            h_bucket{le="+Inf"} 1
            # TYPE s summary
            s_sum 1
            s_count 1
            # TYPE c counter
            c_total{a="b"} 1
            c_total{a="c"} 1
            # TYPE g gauge
            g 1
            # TYPE own gauge
            own 1 5
            # EOF
            """,
            Known.NOTHING);
    assertThat(before.known().series()).as("without that with a time of its own").hasSize(5 + 5);
    Translation after =
        translation(target, "# TYPE c counter\nc_total{a=\"b\"} 2\n# EOF\n", before.known());
    ExportMetricsServiceRequest request = parsed(after);
    assertThat(metric(request, "h").getHistogram().getDataPoints(0).getFlags()).isOne();
    assertThat(metric(request, "s").getSummary().getDataPoints(0).getFlags()).isOne();
    assertThat(metric(request, "g").getGauge().getDataPoints(0).getFlags()).isOne();
    assertThat(metric(request, "g").getGauge().getDataPoints(0).getTimeUnixNano()).isEqualTo(NANOS);
    assertThat(metric(request, "c_total").getSum().getDataPointsList())
        .extracting(NumberDataPoint::getFlags)
        .containsExactly(0, 1);
    assertThat(texts(metric(request, "c_total").getSum().getDataPoints(1).getAttributesList()))
        .isEqualTo(Map.of("a", "c", "env", "prod"));
    assertThat(names(request)).doesNotContain("own");
    assertThat(metric(request, "scrape_series_added").getGauge().getDataPoints(0).getAsDouble())
        .isZero();
    assertThat(after.known().series()).hasSize(1 + 5);
  }

  @Test
  void aFailureEndsAllButTheReport() throws IOException {
    Translation before = translation(target, "a 1\nb{c=\"d\"} 1\n# EOF\n", Known.NOTHING);
    Translation failed = new Translation(target, AT, before.known());
    failed.report(new Translation.Report(false, Duration.ofMillis(250), 0));
    ExportMetricsServiceRequest request = parsed(failed);
    assertThat(metric(request, "a").getGauge().getDataPoints(0).getFlags()).isOne();
    assertThat(metric(request, "b").getGauge().getDataPoints(0).getFlags()).isOne();
    assertThat(metric(request, "up").getGauge().getDataPointsList())
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.getFlags()).isZero();
              assertThat(point.getAsDouble()).isZero();
            });
    Translation end = new Translation(target, AT, failed.known());
    end.end();
    assertThat(parsed(end).getResourceMetrics(0).getScopeMetrics(0).getMetricsList())
        .hasSize(5)
        .allSatisfy(metric -> assertThat(metric.getGauge().getDataPoints(0).getFlags()).isOne());
  }

  @Test
  void timesOfTheEndpointCountIfTheyAreHonored() throws IOException {
    String body = "a 1 1600000000\nb 1 -5\n# EOF\n";
    ExportMetricsServiceRequest honored = scraped(target, body);
    assertThat(metric(honored, "a").getGauge().getDataPoints(0).getTimeUnixNano())
        .isEqualTo(1600000000_000_000_000L);
    assertThat(names(honored)).as("OTLP has no time before 1970").doesNotContain("b");
    ExportMetricsServiceRequest not =
        scraped(TestJobs.target("labels: {}", "honor_timestamps: false"), body);
    assertThat(metric(not, "a").getGauge().getDataPoints(0).getTimeUnixNano()).isEqualTo(NANOS);
    assertThat(metric(not, "b").getGauge().getDataPoints(0).getTimeUnixNano()).isEqualTo(NANOS);
  }

  /** An endpoint that gives times gives the same point until it has a new one. */
  @Test
  void thePointOfTheScrapeBeforeIsNotSentAgain() throws IOException {
    Translation first = translation(target, "a 1 1600000000\nb 1\n# EOF\n", Known.NOTHING);
    Translation again = translation(target, "a 1 1600000000\nb 1\n# EOF\n", first.known());
    assertThat(names(parsed(first))).contains("a", "b");
    assertThat(names(parsed(again))).contains("b").doesNotContain("a");
    assertThat(names(parsed(translation(target, "a 2 1600000001\nb 1\n# EOF\n", again.known()))))
        .contains("a", "b");
  }

  @Test
  void labelsHaveTheLimitsOfTheirJob() {
    String body = "a{b=\"%s\",c=\"d\"} 1\n# EOF\n".formatted("x".repeat(20));
    for (String limit :
        List.of("label_limit: 4", "label_value_length_limit: 13", "label_name_length_limit: 7")) {
      assertThatExceptionOfType(BeyondLimit.class)
          .isThrownBy(() -> scraped(TestJobs.target("labels: {}", limit), body))
          .withMessageStartingWith(limit.substring(0, limit.indexOf(':')));
    }
  }

  @Test
  void whatBecomesOneSeriesWithTheTargetsLabelsIsRefused() {
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> scraped(target, "# TYPE up gauge\nup 1\n# EOF\n"))
        .satisfies(malformed -> assertThat(malformed.rule()).isEqualTo("duplicate"));
  }

  private static ExportMetricsServiceRequest scraped(Target target, String body)
      throws IOException {
    return parsed(translation(target, body, Known.NOTHING));
  }

  private static Translation translation(Target target, String body, Known before)
      throws IOException {
    Exposition.Read read =
        Exposition.read(new ByteArrayInputStream(body.getBytes(UTF_8)), Syntax.OPEN_METRICS, 1_000);
    Translation translation = new Translation(target, AT, before);
    translation.add(read.families());
    translation.report(new Translation.Report(true, Duration.ofMillis(250), read.samples()));
    return translation;
  }

  private static ExportMetricsServiceRequest parsed(Translation translation)
      throws InvalidProtocolBufferException {
    return ExportMetricsServiceRequest.parseFrom(translation.toBytes());
  }

  private static List<Metric> metrics(ExportMetricsServiceRequest request) {
    return request.getResourceMetricsList().stream()
        .flatMap(resource -> resource.getScopeMetricsList().stream())
        .map(ScopeMetrics::getMetricsList)
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> names(ExportMetricsServiceRequest request) {
    return metrics(request).stream().map(Metric::getName).toList();
  }

  private static Metric metric(ExportMetricsServiceRequest request, String name) {
    List<Metric> named =
        metrics(request).stream().filter(metric -> metric.getName().equals(name)).toList();
    assertThat(named).as(name).hasSize(1);
    return named.getFirst();
  }

  private static Map<String, String> texts(List<KeyValue> attributes) {
    Map<String, String> texts = new TreeMap<>();
    attributes.forEach(
        attribute ->
            texts.put(
                attribute.getKey(),
                attribute.getValue().hasIntValue()
                    ? Long.toString(attribute.getValue().getIntValue())
                    : attribute.getValue().getStringValue()));
    assertThat(texts).hasSize(attributes.size());
    return texts;
  }
}
