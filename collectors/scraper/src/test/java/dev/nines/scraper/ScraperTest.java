// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.scraper.definition.ScrapeFile;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole scraper, against endpoints that come and go. */
class ScraperTest {

  private final CollectorRegistry registry = new CollectorRegistry();
  private final Kept kept = new Kept();
  @TempDir private Path folder;

  @Test
  void targetsOfFilesComeAndGo() throws IOException {
    try (Endpoint one = new Endpoint();
        Endpoint two = new Endpoint()) {
      one.says("a 1\n");
      two.says("a 2\n");
      Path targets = folder.resolve("targets.json");
      Files.writeString(targets, "[{\"targets\": [\"" + one.address() + "\"]}]");
      try (Scraper scraper = scraper("file_sd_configs: [{files: ['*.json']}]")) {
        scraper.start();
        await().atMost(30, SECONDS).until(() -> ups().equals(Map.of(one.address(), "1.0")));
        Files.writeString(targets, "[{\"targets\": [ \"" + two.address() + "\"]}]");
        await()
            .atMost(30, SECONDS)
            .until(() -> ups().equals(Map.of(one.address(), "end", two.address(), "1.0")));
        Files.writeString(targets, "[{\"targets\": [\"a b\"]}]");
        await().atMost(30, SECONDS).until(() -> scraper.trouble().isPresent());
        assertThat(scraper.trouble().orElseThrow()).contains("'a b' is not host:port");
        assertThat(scraper.check()).isEmpty();
      }
      assertThat(ups())
          .as("a scraper that leaves ends nothing")
          .containsEntry(two.address(), "1.0");
    }
  }

  /** One after the other, ten that hang for their second would make its ten scrapes last 100 s. */
  @Test
  void slowTargetsHoldUpNoOther() throws IOException {
    List<Endpoint> slow = new ArrayList<>();
    try (Endpoint quick = new Endpoint()) {
      quick.says("a 1\n");
      for (int i = 0; i < 10; i++) {
        slow.add(new Endpoint());
        slow.getLast().hangs();
      }
      String targets =
          Stream.concat(slow.stream(), Stream.of(quick))
              .map(endpoint -> "'" + endpoint.address() + "'")
              .collect(Collectors.joining(", "));
      try (Scraper scraper =
          scraper("static_configs: [{targets: [" + targets + "]}]", "scrape_timeout: 1s")) {
        scraper.start();
        await()
            .atMost(60, SECONDS)
            .until(() -> slow.stream().allMatch(each -> "0.0".equals(ups().get(each.address()))));
        int before = kept.points("a").size();
        await().atMost(30, SECONDS).until(() -> kept.points("a").size() >= before + 10);
        assertThat(ups().get(quick.address())).isEqualTo("1.0");
      }
    } finally {
      slow.forEach(Endpoint::close);
    }
  }

  @Test
  void aTargetThatIsKilledIsDownUntilItIsBack() throws IOException {
    Endpoint first = new Endpoint();
    first.says("a 1\n");
    String address = first.address();
    try (Scraper scraper = scraper("static_configs: [{targets: ['" + address + "']}]")) {
      scraper.start();
      await().atMost(30, SECONDS).until(() -> kept.course("a").contains("1.0"));
      first.close();
      await().atMost(30, SECONDS).until(() -> "0.0".equals(ups().get(address)));
      assertThat(kept.course("a")).endsWith("1.0", "end");
      try (Endpoint second = new Endpoint(first.port())) {
        second.says("a 7\n");
        await().atMost(30, SECONDS).until(() -> "1.0".equals(ups().get(address)));
        assertThat(kept.course("a")).endsWith("end", "7.0");
      }
    }
  }

  /** What simpleclient writes for either format is understood. */
  @Test
  void simpleclientIsReadInBothFormats() throws IOException {
    CollectorRegistry exposed = new CollectorRegistry();
    Counter.build("requests_total", "Help")
        .labelNames("code")
        .register(exposed)
        .labels("200")
        .inc(3);
    try (Endpoint endpoint = new Endpoint();
        Scraper scraper = scraper("static_configs: [{targets: ['" + endpoint.address() + "']}]")) {
      for (String type :
          new String[] {TextFormat.CONTENT_TYPE_004, TextFormat.CONTENT_TYPE_OPENMETRICS_100}) {
        StringWriter body = new StringWriter();
        TextFormat.writeFormat(type, body, exposed.metricFamilySamples());
        endpoint.says(type, "", body.toString().getBytes(UTF_8));
        int before = kept.points("up").size();
        if (before == 0) {
          scraper.start();
        }
        await().atMost(30, SECONDS).until(() -> kept.points("up").size() >= before + 2);
        assertThat(kept.course("up")).last().isEqualTo("1.0");
        assertThat(kept.course("requests_total")).last().isEqualTo("3.0");
      }
      assertThat(kept.points("requests_created")).isNotEmpty();
    }
  }

  private Map<String, String> ups() {
    return kept.points("up").stream()
        .collect(
            Collectors.toMap(
                Kept.Point::instance,
                point -> point.stale() ? "end" : Double.toString(point.value()),
                (before, after) -> after));
  }

  private Scraper scraper(String... fields) throws IOException {
    StringBuilder yaml = new StringBuilder("scrape_configs:\n- job_name: a\n");
    yaml.append("  scrape_interval: 1s\n");
    for (String field : fields) {
      yaml.append("  ").append(field).append('\n');
    }
    Path file = Files.writeString(folder.resolve("scrapes.yml"), yaml);
    return new Scraper(
        ScraperConfig.of("eu", ScrapeFile.require(file), 16),
        kept,
        registry,
        InstantSource.system(),
        System::nanoTime);
  }
}
