// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.nines.archive.metrics.MetricCatalog;
import dev.nines.archive.metrics.MetricDataResource;
import dev.nines.archive.metrics.MetricName;
import dev.nines.archive.metrics.MetricRange;
import dev.nines.archive.metrics.RangeAnswer;
import dev.nines.archive.metrics.RangeAnswer.Line;
import dev.nines.archive.metrics.RangeAnswer.Point;
import dev.nines.archive.metrics.Series;
import dev.nines.objectives.access.Principal;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.BadRequestException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two pods in two regions tell the length of a queue every ten seconds, one in integers, one in
 * doubles; names, series, functions over points, refusals.
 */
class MetricDataResourceTest extends TableTest {

  private static final Instant TO = Records.APPENDED.truncatedTo(ChronoUnit.MINUTES);
  private static final String FROM = TO.minus(Duration.ofMinutes(10)).toString();
  private static final long BIG = (1L << 53) + 1;
  private static final int POINTS_A_MINUTE = 6;

  private MetricDataResource resource;

  @BeforeAll
  void fill() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      long nanos = (TO.getEpochSecond() - 10L * i) * 1_000_000_000;
      records.add(
          Records.accepted("acme", "eu", i, queue("pod-1", nanos, point().setAsInt(BIG + i))));
      records.add(
          Records.accepted(
              "acme", "us", 100 + i, queue("pod-2", nanos, point().setAsDouble(i + 0.5))));
    }
    records.add(Records.accepted("acme", "eu", 300, mixed("size", "By", false)));
    records.add(Records.accepted("acme", "eu", 301, mixed("size", "s", true)));
    records.add(Records.accepted("rival", "eu", 302, mixed("secret", "1", true)));
    store(new MetricMapper(new CollectorRegistry()), MetricMapper.TABLES, records);
    resource = resource("acme", "");
  }

  private MetricDataResource resource(String tenant, String region) {
    Principal reader = new Principal(tenant, "test", region, Set.of(Principal.Right.READ));
    MetricCatalog catalog = new MetricCatalog(query);
    return new MetricDataResource(
        () -> reader, catalog, new MetricRange(query, catalog), () -> Records.APPENDED);
  }

  @Test
  void namesAreThoseOfTheTenant() {
    MetricDataResource.Names names = resource.list("", null);
    assertThat(names.truncated()).isFalse();
    assertThat(names.metrics())
        .extracting(MetricName::metric)
        .containsExactly("queue", "size", "size");
    assertThat(names.metrics().getFirst())
        .isEqualTo(
            new MetricName(
                "queue",
                "gauge",
                "{job}",
                "Jobs that wait",
                "unspecified",
                false,
                2,
                Records.APPENDED));
    assertThat(names.metrics())
        .extracting(MetricName::type)
        .containsExactly("gauge", "gauge", "sum");
    assertThat(resource.list("si", null).metrics()).hasSize(2);
    assertThat(resource("acme", "us").list("", null).metrics()).hasSize(1);
  }

  @Test
  void seriesAreFoundByAttributesOfPointAndResource() {
    assertThat(series(resource)).extracting(Series::region).containsExactlyInAnyOrder("eu", "us");
    assertThat(series(resource, "pod=pod-2"))
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.resource())
                  .containsEntry("pod", "pod-2")
                  .containsEntry("service.name", "jobs");
              assertThat(s.attributes()).containsEntry("kind", "mail");
              assertThat(s.service()).isEqualTo("jobs");
              assertThat(s.id()).hasSize(32);
            });
    assertThat(series(resource, "kind=mail", "service=jobs", "type=gauge")).hasSize(2);
    assertThat(series(resource, "kind=mail", "region=us")).hasSize(1);
    assertThat(series(resource, "kind=' OR 1")).isEmpty();
    assertThat(series(resource("acme", "us"))).extracting(Series::region).containsExactly("us");
    assertThat(series(resource("rival", ""))).isEmpty();
  }

  @Test
  void functionsOverPoints() {
    assertThat(values("last", "pod=pod-1"))
        .startsWith(BigInteger.valueOf(BIG + 54))
        .endsWith(BigInteger.valueOf(BIG));
    assertThat(values("max", "pod=pod-1")).endsWith(BigInteger.valueOf(BIG + 5));
    assertThat(values("min", "pod=pod-1")).endsWith(BigInteger.valueOf(BIG));
    assertThat(values("sum", "pod=pod-1")).endsWith(BigInteger.valueOf(6 * BIG + 15));
    assertThat(values("count", "pod=pod-1")).containsOnly(BigInteger.valueOf(POINTS_A_MINUTE));
    assertThat(values("last", "pod=pod-2")).endsWith(0.5);
    assertThat(values("min", "pod=pod-2")).endsWith(0.5);
    assertThat(values("max", "pod=pod-2")).endsWith(5.5);
    assertThat(values("avg", "pod=pod-2")).endsWith(3.0);
    assertThat(values("sum", "pod=pod-2")).endsWith(18.0);
  }

  @Test
  void seriesAreAddedUpByLabels() {
    assertThat(range("count", List.of()).series())
        .extracting(Line::labels)
        .extracting(l -> l.get("region"))
        .containsExactlyInAnyOrder("eu", "us");
    assertThat(range("count", List.of("pod,region")).series()).hasSize(2);
    RangeAnswer one = range("count", List.of(""));
    assertThat(one.series())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.labels()).isEmpty();
              assertThat(line.id()).isNull();
              assertThat(line.points())
                  .hasSize(10)
                  .extracting(Point::value)
                  .containsOnly(BigInteger.valueOf(2 * POINTS_A_MINUTE));
              assertThat(line.points().getLast().at()).isEqualTo(TO);
            });
    assertThat(one.unit()).isEqualTo("{job}");
    assertThat(one.type()).isEqualTo("gauge");
    assertThat(
            resource("rival", "")
                .queryRange("queue", List.of(), FROM, TO.toString(), "60s", "last", null, List.of())
                .series())
        .isEmpty();
    assertThat(
            resource("acme", "us")
                .queryRange("queue", List.of(), FROM, TO.toString(), "1m", "last", null, List.of())
                .series())
        .hasSize(1);
  }

  @Test
  void whatCannotBeAnsweredIsRefusedByNameAndRule() {
    assertRefusal("", "1m", "last", null).isEqualTo("metric: the name of a metric is needed");
    assertRefusal("queue", "1m", "median", null)
        .startsWith("fn: one of last, avg,")
        .endsWith("not 'median'");
    assertRefusal("queue", "1m", "rate", null)
        .isEqualTo("fn: of a gauge one of last, avg, min, max, sum, count, not 'rate'");
    assertRefusal("queue", "soon", "last", null)
        .isEqualTo("step: such as 30s, 5m, 1h or 1d, not 'soon'");
    assertRefusal("queue", "0", "last", null).startsWith("step:");
    assertRefusal("queue", "1m", "quantile", null)
        .isEqualTo("q: 0 to 1 with fn=quantile, not null");
    assertRefusal("queue", "1m", "quantile", "2").startsWith("q: 0 to 1");
    assertRefusal("queue", "1m", "last", "0.5").isEqualTo("q: only with fn=quantile");
    assertRefusal("size", "1m", "last", null)
        .isEqualTo("match: series of several types (gauge, sum); add type=...");
    assertRefusal(() -> ask("2020-01-01T00:00:00Z", TO.toString(), "1d"))
        .isEqualTo("from: at most 31 days before to");
    assertRefusal(() -> ask(TO.minusSeconds(20_000).toString(), TO.toString(), "1s"))
        .endsWith("at most 11000");
    assertRefusal(() -> ask(TO.toString(), FROM, "1m")).startsWith("from: before to");
    assertRefusal(() -> ask("+1000000-01-01T00:00:00Z", null, "1m"))
        .startsWith("from: from 1970 to 2200");
    assertRefusal(() -> ask("yesterday", null, "1m"))
        .isEqualTo("from: an RFC 3339 time, not 'yesterday'");
    assertRefusal(() -> series(resource, "novalue")).isEqualTo("match: key=value, not 'novalue'");
    assertThat(
            resource
                .queryRange(
                    "size",
                    List.of("type=sum"),
                    FROM,
                    TO.toString(),
                    "1m",
                    "increase",
                    null,
                    List.of())
                .series())
        .hasSize(1);
  }

  private RangeAnswer ask(String from, String to, String step) {
    return resource.queryRange("queue", List.of(), from, to, step, "last", null, List.of());
  }

  private AbstractStringAssert<?> assertRefusal(String metric, String step, String fn, String q) {
    return assertRefusal(
        () -> resource.queryRange(metric, List.of(), FROM, TO.toString(), step, fn, q, List.of()));
  }

  private static AbstractStringAssert<?> assertRefusal(ThrowingCallable call) {
    return assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(call)
        .extracting(Throwable::getMessage, as(STRING));
  }

  private static List<Series> series(MetricDataResource from, String... match) {
    return from.series("queue", List.of(match), null).series();
  }

  private List<Number> values(String fn, String match) {
    RangeAnswer answer =
        resource.queryRange(
            "queue", List.of(match), FROM, TO.toString(), "1m", fn, null, List.of());
    List<Number> values = new ArrayList<>();
    answer.series().getFirst().points().forEach(point -> values.add(point.value()));
    return values;
  }

  private RangeAnswer range(String fn, List<String> by) {
    return resource.queryRange("queue", List.of(), FROM, TO.toString(), "60", fn, null, by);
  }

  private static NumberDataPoint.Builder point() {
    return NumberDataPoint.newBuilder().addAttributes(RandomSpans.text("kind", "mail"));
  }

  private static ExportMetricsServiceRequest queue(
      String pod, long nanos, NumberDataPoint.Builder point) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    var resource = request.addResourceMetricsBuilder();
    resource
        .getResourceBuilder()
        .addAttributes(RandomSpans.text("service.name", "jobs"))
        .addAttributes(RandomSpans.text("pod", pod));
    resource
        .addScopeMetricsBuilder()
        .addMetricsBuilder()
        .setName("queue")
        .setUnit("{job}")
        .setDescription("Jobs that wait")
        .getGaugeBuilder()
        .addDataPoints(point.setTimeUnixNano(nanos));
    return request.build();
  }

  private static ExportMetricsServiceRequest mixed(String name, String unit, boolean sum) {
    ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    var metric =
        request
            .addResourceMetricsBuilder()
            .addScopeMetricsBuilder()
            .addMetricsBuilder()
            .setName(name)
            .setUnit(unit);
    NumberDataPoint.Builder point =
        NumberDataPoint.newBuilder()
            .setAsInt(3)
            .setStartTimeUnixNano(TO.minusSeconds(100).getEpochSecond() * 1_000_000_000)
            .setTimeUnixNano(TO.minusSeconds(61).getEpochSecond() * 1_000_000_000);
    if (sum) {
      metric
          .getSumBuilder()
          .setIsMonotonic(true)
          .setAggregationTemporalityValue(2)
          .addDataPoints(point);
    } else {
      metric.getGaugeBuilder().addDataPoints(point);
    }
    return request.build();
  }
}
