// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import dev.nines.ingest.remotewrite.RemoteWrite;
import dev.nines.ingest.remotewrite.Version;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Slo;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.SloDefinition;
import dev.nines.objectives.openslo.Source;
import dev.nines.objectives.sloth.Arrival;
import dev.nines.objectives.sloth.SlothImport;
import dev.nines.scraper.definition.ScrapeFile;
import dev.nines.scraper.definition.Target;
import dev.nines.scraper.exposition.Exposition;
import dev.nines.scraper.exposition.Syntax;
import dev.nines.scraper.otlp.Known;
import dev.nines.scraper.otlp.Translation;
import dev.nines.telemetry.Envelope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SLOs imported from Sloth count what a Prometheus would have seen, under the names that its series
 * get on each of their two ways here.
 */
class ImportedSloTest {

  private static final String SPEC =
      """
      version: prometheus/v1
      service: shop
      slos:
        - name: availability
          objective: 99.9
          sli:
            events:
              error_query: sum(rate(http_seconds_count{job="shop",code=~"5..|429"}[{{.window}}]))
              total_query: sum(rate(http_seconds_count{job="shop",path!~"/health.*"}[{{.window}}]))
          alerting: {name: Fails}
        - name: latency
          objective: 99
          sli:
            events:
              error_query: >-
                sum(rate(http_seconds_count{job="shop",path!~"/health.*"}[{{.window}}]))
                - sum(rate(http_seconds_bucket{le="0.5",job="shop",path!~"/health.*"}[{{.window}}]))
              total_query: sum(rate(http_seconds_count{job="shop",path!~"/health.*"}[{{.window}}]))
          alerting: {name: Slow}
        - name: jobs
          objective: 99
          sli:
            events:
              error_query: sum(rate(jobs_total{instance=~".*:9100",result="failed"}[{{.window}}]))
              total_query: sum(rate(jobs_total{zone="",instance=~".*:9100"}[{{.window}}]))
          alerting: {name: Jobs}
      """;

  /** Series of Prometheus with what each of them rises by. */
  private static final Map<String, Integer> RISES =
      Map.ofEntries(
          Map.entry("http_seconds_bucket{code=\"200\",path=\"/pay\",le=\"0.5\"}", 7),
          Map.entry("http_seconds_bucket{code=\"200\",path=\"/pay\",le=\"1\"}", 9),
          Map.entry("http_seconds_bucket{code=\"200\",path=\"/pay\",le=\"+Inf\"}", 10),
          Map.entry("http_seconds_count{code=\"200\",path=\"/pay\"}", 10),
          Map.entry("http_seconds_sum{code=\"200\",path=\"/pay\"}", 5),
          Map.entry("http_seconds_bucket{code=\"503\",path=\"/pay\",le=\"0.5\"}", 1),
          Map.entry("http_seconds_bucket{code=\"503\",path=\"/pay\",le=\"1\"}", 1),
          Map.entry("http_seconds_bucket{code=\"503\",path=\"/pay\",le=\"+Inf\"}", 2),
          Map.entry("http_seconds_count{code=\"503\",path=\"/pay\"}", 2),
          Map.entry("http_seconds_sum{code=\"503\",path=\"/pay\"}", 3),
          Map.entry("http_seconds_bucket{code=\"200\",path=\"/healthz\",le=\"0.5\"}", 50),
          Map.entry("http_seconds_bucket{code=\"200\",path=\"/healthz\",le=\"1\"}", 50),
          Map.entry("http_seconds_bucket{code=\"200\",path=\"/healthz\",le=\"+Inf\"}", 60),
          Map.entry("http_seconds_count{code=\"200\",path=\"/healthz\"}", 60),
          Map.entry("http_seconds_sum{code=\"200\",path=\"/healthz\"}", 1),
          Map.entry("jobs_total{result=\"failed\"}", 3),
          Map.entry("jobs_total{result=\"done\"}", 20),
          Map.entry("jobs_total{result=\"done\",zone=\"b\"}", 400));

  /** What the queries of the spec give for these rises, by hand: good and total. */
  private static final Map<String, List<Long>> EXPECTED =
      Map.of(
          "shop-availability", List.of(10L, 12L),
          "shop-latency", List.of(8L, 12L),
          "shop-jobs", List.of(20L, 23L));

  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(folder.resolve("state"));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatIsScrapedIsCounted() throws IOException {
    declare(Arrival.SCRAPE);
    Target target = target();
    for (int i = 1; i <= 2; i++) {
      Instant at = START.plusSeconds(10L * i);
      Exposition.Read read =
          Exposition.read(new ByteArrayInputStream(exposed(i).getBytes(UTF_8)), Syntax.TEXT, 1_000);
      Translation translation = new Translation(target, at, Known.NOTHING);
      translation.add(read.families());
      send(translation.toBytes(), at);
    }
    assertThat(counted()).isEqualTo(EXPECTED);
  }

  @Test
  void whatIsWrittenRemotelyIsCounted() throws IOException {
    declare(Arrival.REMOTE_WRITE);
    for (int i = 1; i <= 2; i++) {
      Instant at = START.plusSeconds(10L * i);
      RemoteWrite.Translation translation =
          RemoteWrite.translate(Version.V1, written(i, at), bytes -> {});
      assertThat(translation.rejected()).isEmpty();
      send(translation.otlp(), at);
    }
    assertThat(counted()).isEqualTo(EXPECTED);
  }

  /** Each way has names of its own: those of the other find nothing. */
  @Test
  void theNamesOfTheOtherWayCountNoHistogram() throws IOException {
    declare(Arrival.SCRAPE);
    for (int i = 1; i <= 2; i++) {
      Instant at = START.plusSeconds(10L * i);
      send(RemoteWrite.translate(Version.V1, written(i, at), bytes -> {}).otlp(), at);
    }
    assertThat(counted()).isEqualTo(Map.of("shop-jobs", EXPECTED.get("shop-jobs")));
  }

  private void declare(Arrival arrival) {
    SlothImport.Imported imported =
        SlothImport.read(List.of(new Source("sloth.yml", SPEC)), Optional.of(arrival), 30);
    assertThat(imported.violations()).isEmpty();
    List<SloDefinition> slos = OpenSlo.read("imported.yaml", imported.yaml()).slos();
    bench.objectives.add(
        Traffic.generation(
            1, START, slos.stream().map(slo -> slo.of(Traffic.TENANT, 1)).toArray(Slo[]::new)));
  }

  private void send(byte[] otlp, Instant at) {
    bench.send("eu", Traffic.envelope(Envelope.METRICS, otlp, 1), at);
  }

  /** Good and total of each SLO over all slices. */
  private Map<String, List<Long>> counted() {
    bench.pass(Duration.ofMillis(50));
    Map<String, List<Long>> counted = new TreeMap<>();
    for (Counts counts : bench.counts().stream().map(Counts.class::cast).toList()) {
      for (Cell cell : counts.cells()) {
        counted.merge(
            counts.slo().name(),
            List.of(cell.good(), cell.total()),
            (a, b) -> List.of(a.getFirst() + b.getFirst(), a.getLast() + b.getLast()));
      }
    }
    return counted;
  }

  private Target target() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            scrape_configs:
            - job_name: shop
              static_configs: [{targets: ['127.0.0.1:9100']}]
            """);
    return ScrapeFile.require(file).getFirst().targets().getFirst();
  }

  /** In the text format of Prometheus, after {@code times} rises. */
  private static String exposed(int times) {
    StringBuilder text = new StringBuilder("# TYPE http_seconds histogram\n");
    lines(text, "http_seconds", times);
    lines(text.append("# TYPE jobs_total counter\n"), "jobs", times);
    return text.toString();
  }

  private static void lines(StringBuilder text, String family, int times) {
    RISES.entrySet().stream()
        .filter(series -> series.getKey().startsWith(family))
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            series ->
                text.append(series.getKey())
                    .append(' ')
                    .append(series.getValue() * times)
                    .append('\n'));
  }

  /** As the remote write 1.0 of the Prometheus that scraped it. */
  private static byte[] written(int times, Instant at) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(request);
    for (Map.Entry<String, Integer> series : new TreeMap<>(RISES).entrySet()) {
      out.writeByteArray(1, series(series.getKey(), series.getValue() * times, at));
    }
    out.flush();
    return request.toByteArray();
  }

  private static byte[] series(String text, int value, Instant at) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    String name = text.substring(0, text.indexOf('{'));
    String labels = text.substring(text.indexOf('{') + 1, text.length() - 1);
    out.writeByteArray(1, label("__name__", name));
    out.writeByteArray(1, label("job", "shop"));
    out.writeByteArray(1, label("instance", "127.0.0.1:9100"));
    for (String label : labels.split(",")) {
      String[] pair = label.split("=");
      out.writeByteArray(1, label(pair[0], pair[1].replace("\"", "")));
    }
    ByteArrayOutputStream sample = new ByteArrayOutputStream();
    CodedOutputStream ofSample = CodedOutputStream.newInstance(sample);
    ofSample.writeDouble(1, value);
    ofSample.writeInt64(2, at.toEpochMilli());
    ofSample.flush();
    out.writeByteArray(2, sample.toByteArray());
    out.flush();
    return bytes.toByteArray();
  }

  private static byte[] label(String name, String value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeString(1, name);
    out.writeString(2, value);
    out.flush();
    return bytes.toByteArray();
  }
}
