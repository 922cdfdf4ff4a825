// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.stage.Prometheus;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a server, and writes all that it scraped to a collector. */
@ExtendWith(OneUp.class)
class RemoteWriteTest {

  private static final String METRICS =
      "up|process_cpu_seconds_total|nines_ingest_requests_total|nines_ingest_ack_seconds_bucket";

  private static final String CONFIGURATION =
      """
      scrape_configs:
        - job_name: written
          authorization: {credentials_file: nines.token}
      remote_write:
        - url: %s/api/v1/write
          authorization: {credentials: %s}
          send_exemplars: true
      """;

  private static final String STORED =
      """
      SELECT concat(p.metric, ' ', arrayStringConcat(arraySort(arrayMap(
          (k, v) -> concat(k, '=', v), mapKeys(s.labels), mapValues(s.labels))), ',')) AS name,
        toUnixTimestamp64Milli(p.time) AS millis, p.value AS value
      FROM metric_points AS p
      JOIN (SELECT series_id, any(attributes) AS labels, any(resource) AS origin FROM metric_series
        GROUP BY series_id) AS s ON s.series_id = p.series_id
      WHERE p.tenant = 'default' AND p.service = 'written' AND s.origin['service.instance.id'] != ''
      """;

  private static final String PAID =
      """
      SELECT toString(toInt64(value)) FROM metric_points
      WHERE tenant = 'default' AND metric = '%s' AND bitAnd(flags, 1) = 0
      """;

  private static final String PAID_IN =
      """
      SELECT lower(hex(trace_id)) FROM metric_exemplars
      WHERE tenant = 'default' AND metric = '%s' AND attributes['user'] = 'ann'
      """;

  private final Up up;
  @TempDir private Path folder;

  RemoteWriteTest(Up up) {
    this.up = up;
  }

  /** A sample of one series at one time. */
  private record Point(String series, long millis) {}

  @Test
  void everySampleIsStoredOnceAndUnchanged() throws IOException {
    try (Prometheus prometheus = prometheus(up.platform().api(), URI.create(up.otlpHttp()))) {
      await().atMost(60, SECONDS).until(() -> scraped(prometheus).size() > 100);
      Map<Point, Double> sent = scraped(prometheus);
      await().atMost(60, SECONDS).untilAsserted(() -> assertThat(stored(sent)).isEqualTo(sent));
    }
  }

  /** The collector has the request and its answer is lost: what comes again is a repeat. */
  @Test
  void exemplarsAndWhatIsSentAgainAreStoredOnce() throws IOException {
    try (PaidSource source = PaidSource.start();
        LossyWay way = LossyWay.to(URI.create(up.otlpHttp()), 3);
        Prometheus _ = prometheus(source.url(), way.url())) {
      await().atMost(60, SECONDS).until(() -> source.scrapes() >= 8);
      assertThat(way.lost()).isEqualTo(3);
      List<String> values = IntStream.rangeClosed(1, 5).mapToObj(String::valueOf).toList();
      List<String> traces = IntStream.rangeClosed(1, 5).mapToObj(PaidSource::traceId).toList();
      await()
          .atMost(60, SECONDS)
          .untilAsserted(
              () -> {
                assertThat(column(PAID.formatted(source.metric())))
                    .doesNotHaveDuplicates()
                    .containsAll(values);
                assertThat(column(PAID_IN.formatted(source.metric())))
                    .doesNotHaveDuplicates()
                    .containsAll(traces);
              });
    }
  }

  private List<String> column(String query) throws IOException {
    return new Store(up.platform().store()).query(query).stream().map(List::getFirst).toList();
  }

  private Prometheus prometheus(URI scraped, URI written) throws IOException {
    Path binary =
        Prometheus.find()
            .orElseThrow(() -> new AssertionError("no prometheus: './nines test' fetches one"));
    Path configuration = folder.resolve("writes.yml");
    Files.writeString(configuration, CONFIGURATION.formatted(written, up.writeToken()));
    Path data = folder.resolve("prometheus");
    return Prometheus.start(binary, configuration, data, List.of(scraped), up.token("READ"));
  }

  private static Map<Point, Double> scraped(Prometheus prometheus) throws IOException {
    Map<Point, Double> samples = new TreeMap<>(RemoteWriteTest::compare);
    String query = "{job=\"written\",__name__=~\"" + METRICS + "\"}[5m]";
    for (JsonNode series : prometheus.query(query)) {
      String name = name(series.path("metric"));
      for (JsonNode value : series.path("values")) {
        long millis = Math.round(value.path(0).asDouble() * 1_000);
        samples.put(new Point(name, millis), Double.valueOf(value.path(1).asText()));
      }
    }
    return samples;
  }

  /** Of the points that were sent; a point that is there twice has no value. */
  private Map<Point, Double> stored(Map<Point, Double> sent) throws IOException {
    Map<Point, Double> points = new TreeMap<>(RemoteWriteTest::compare);
    for (List<String> row : new Store(up.platform().store()).query(STORED)) {
      Point point = new Point(row.get(0), Long.parseLong(row.get(1)));
      if (sent.containsKey(point)) {
        points.merge(point, Double.valueOf(row.get(2)), (a, b) -> Double.NaN);
      }
    }
    return points;
  }

  private static String name(JsonNode labels) {
    String attributes =
        StreamSupport.stream(((Iterable<String>) labels::fieldNames).spliterator(), false)
            .filter(label -> !List.of("__name__", "job", "instance").contains(label))
            .sorted()
            .map(label -> label + "=" + labels.path(label).asText())
            .collect(Collectors.joining(","));
    return labels.path("__name__").asText() + " " + attributes;
  }

  private static int compare(Point a, Point b) {
    int bySeries = a.series.compareTo(b.series);
    return bySeries != 0 ? bySeries : Long.compare(a.millis, b.millis);
  }
}
