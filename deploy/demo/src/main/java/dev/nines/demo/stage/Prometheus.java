// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.embedded.Cache;
import dev.nines.embedded.Ports;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A Prometheus that scrapes the platform every second, by the configuration that we ship. */
public final class Prometheus implements Closeable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration START = Duration.ofSeconds(60);

  /** Leaves with its parent: Prometheus itself would not mind that its input ends. */
  private static final String LEASH = "\"$0\" \"$@\" & cat > /dev/null; kill $!; wait $!";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Child process;
  private final URI url;

  private Prometheus(Child process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** On the PATH, or what {@code ./nines test} fetched. */
  public static Optional<Path> find() {
    return find("prometheus");
  }

  /** As {@link #find}, another program of its package: {@code promtool}. */
  public static Optional<Path> find(String program) {
    Stream<Path> path =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder, program));
    Stream<Path> cached = Stream.of(Cache.folder().resolve("prometheus/usr/bin").resolve(program));
    return Stream.concat(path, cached).filter(Files::isExecutable).findFirst();
  }

  /**
   * Starts and waits until it answers.
   *
   * @param configuration of which its targets, its token and its intervals are replaced
   * @param token with the right READ
   */
  public static Prometheus start(
      Path binary, Path configuration, Path folder, List<URI> targets, String token)
      throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("nines.token"), token);
    Path file = folder.resolve("prometheus.yml");
    Files.writeString(file, configured(configuration, targets));
    String address = "127.0.0.1:" + Ports.free();
    List<String> command =
        List.of(
            "sh",
            "-c",
            LEASH,
            binary.toString(),
            "--config.file=" + file,
            "--enable-feature=exemplar-storage",
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=" + address);
    Child process = Child.startQuietly(command, folder, folder.resolve("prometheus.log"));
    Prometheus prometheus = new Prometheus(process, URI.create("http://" + address));
    prometheus.awaitReady();
    return prometheus;
  }

  private static String configured(Path configuration, List<URI> targets) throws IOException {
    Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Object> root = reader.load(Files.readString(configuration));
    if (!(root.get("scrape_configs") instanceof List<?> jobs)
        || !(jobs.getFirst() instanceof Map<?, ?> shipped)) {
      throw new IllegalArgumentException("the configuration has no scrape_configs");
    }
    Map<String, Object> job = new LinkedHashMap<>();
    shipped.forEach((key, value) -> job.put(String.valueOf(key), value));
    List<String> addresses = targets.stream().map(URI::getAuthority).toList();
    job.put("static_configs", List.of(Map.of("targets", addresses)));
    root.put("scrape_configs", List.of(job));
    root.put("global", Map.of("scrape_interval", "1s", "evaluation_interval", "5s"));
    if (root.get("rule_files") instanceof List<?> rules) {
      Path file = configuration.toAbsolutePath();
      root.put(
          "rule_files",
          rules.stream().map(rule -> file.resolveSibling(rule.toString()).toString()).toList());
    }
    return reader.dump(root);
  }

  private void awaitReady() throws IOException {
    long end = System.nanoTime() + START.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > end) {
        close();
        throw new IOException("Prometheus did not start");
      }
      LockSupport.parkNanos(100_000_000L);
    }
  }

  private boolean isReady() {
    try {
      return get("/-/ready").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Its address, which exposes its own metrics, too. */
  public URI url() {
    return url;
  }

  /** Series of an instant query. */
  public JsonNode query(String promql) throws IOException {
    return result("/api/v1/query?query=" + encoded(promql));
  }

  /** Series of a range query, one point each five seconds. */
  public JsonNode range(String promql, Instant from, Instant to) throws IOException {
    return result(
        "/api/v1/query_range?step=5&query=%s&start=%s&end=%s"
            .formatted(encoded(promql), encoded(from.toString()), encoded(to.toString())));
  }

  /** The groups of alert rules with their health. */
  public JsonNode ruleGroups() throws IOException {
    return data("/api/v1/rules").path("groups");
  }

  private JsonNode result(String path) throws IOException {
    return data(path).path("result");
  }

  private JsonNode data(String path) throws IOException {
    HttpResponse<String> response = get(path);
    if (response.statusCode() != 200) {
      throw new IOException(response.body());
    }
    return JSON.readTree(response.body()).path("data");
  }

  private HttpResponse<String> get(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(path)).timeout(Duration.ofSeconds(20)).build();
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  @Override
  public void close() {
    process.close();
  }
}
