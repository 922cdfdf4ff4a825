// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.demo.DemoOptions.Story;
import dev.nines.demo.sla.SlaDesk;
import dev.nines.demo.sla.Terms;
import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Liar;
import dev.nines.demo.stage.Phones;
import dev.nines.demo.stage.Platform;
import dev.nines.demo.stage.Prometheus;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.stage.RegionalCollectors;
import dev.nines.demo.stage.RoleProcess;
import dev.nines.demo.stage.Shop;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything that runs during a demo, started in order and closed in reverse. */
final class Theatre implements Closeable {

  /** The shop's regions; the script picks among them. */
  static final List<String> REGIONS =
      List.of(
          "us-east-1",
          "us-west-2",
          "ca-central-1",
          "sa-east-1",
          "eu-west-1",
          "eu-central-1",
          "eu-north-1",
          "ap-south-1",
          "ap-southeast-1",
          "ap-northeast-1");

  private static final List<String> STREAMS =
      List.of("nines.regions=master," + String.join(",", REGIONS), "nines.lateness=5s");

  /** Those that may be processes of their own. */
  static final List<String> STREAM_ROLES = List.of("extraction", "engine", "archive");

  private static final Duration START = Duration.ofSeconds(180);

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Closeable> open = new ArrayList<>();
  private final Installation nines;
  private final DemoOptions options;
  private final Path folder;
  private final Platform platform;
  private final Map<String, RoleProcess> apart;
  private final Api api;
  private final Phones phones;
  private final RegionalCollectors collectors;
  private final Optional<RegionalCollectors> lostCollector;
  private final String lostRegion;
  private final Path objectives;
  private final String collectorToken;
  private final Instant effectiveFrom;
  private final Terms terms;
  private final Optional<Prometheus> prometheus;

  Theatre(Installation nines, DemoOptions options, Path folder, Consumer<Provider.Page> onPage)
      throws IOException {
    this.nines = nines;
    this.options = options;
    this.folder = folder;
    lostRegion = options.story() == Story.DEFAULT ? planned("region-loss") : "";
    objectives =
        options.story() == Story.DEPLOYS
            ? RegionalObjectives.beside(nines.objectives(), folder.resolve("objectives"), REGIONS)
            : nines.objectives();
    platform = opened(Platform.start(nines, folder, settings()));
    apart = rolesApart();
    api = new Api(platform.api(), platform.token());
    collectorToken = token("WRITE_TELEMETRY");
    collectors = opened(collectors("collectors", REGIONS.stream().filter(this::stays).toList()));
    lostCollector =
        lostRegion.isEmpty()
            ? Optional.empty()
            : Optional.of(opened(collectors("lost-collector", List.of(lostRegion))));
    if (!Patience.until(START, this::rolesReady)) {
      throw new IOException("the roles did not get ready; see " + folder);
    }
    phones = opened(new Phones(onPage));
    phones.register(api, webhook());
    effectiveFrom = applyObjectives();
    terms = Terms.strict(nines.contract());
    SlaDesk.sign(api, terms);
    if (!Patience.until(START, () -> collectorsReady() && inForce())) {
      throw new IOException("the collectors did not get ready; see " + folder);
    }
    prometheus = prometheus();
  }

  private String planned(String fault) throws IOException {
    return Shop.plan(nines, folder, options.seed(), options.seconds(), fault);
  }

  private List<String> settings() {
    List<String> settings = new ArrayList<>(STREAMS);
    settings.add("nines.catalog-lead=10s");
    if (!options.apart().isEmpty()) {
      List<String> together = new ArrayList<>(List.of("collector", "api", "alerting", "incident"));
      STREAM_ROLES.stream().filter(role -> !options.apart().contains(role)).forEach(together::add);
      settings.add("nines.roles=" + String.join(",", together));
    }
    return settings;
  }

  private Map<String, RoleProcess> rolesApart() throws IOException {
    List<String> settings = new ArrayList<>(STREAMS);
    settings.add("nines.clickhouse.url=" + platform.writableStore());
    Map<String, RoleProcess> roles = new LinkedHashMap<>();
    for (String role : options.apart()) {
      Path home = folder.resolve(role);
      roles.put(role, opened(new RoleProcess(nines, platform, home, role, settings)));
    }
    return roles;
  }

  private boolean stays(String region) {
    return !region.equals(lostRegion);
  }

  private RegionalCollectors collectors(String name, List<String> regions) throws IOException {
    return new RegionalCollectors(nines, platform, folder.resolve(name), regions);
  }

  private Optional<Prometheus> prometheus() throws IOException {
    Optional<Path> binary = Prometheus.find();
    if (binary.isEmpty()) {
      return Optional.empty();
    }
    List<URI> targets = new ArrayList<>(List.of(platform.api(), collectors.health()));
    lostCollector.map(RegionalCollectors::health).ifPresent(targets::add);
    Path data = folder.resolve("prometheus");
    return Optional.of(
        opened(Prometheus.start(binary.get(), nines.prometheus(), data, targets, token("READ"))));
  }

  private String token(String right) throws IOException {
    String body = "{\"name\":\"demo\",\"rights\":[\"" + right + "\"]}";
    String answer = api.send("POST", "/api/v1/tokens", "application/json", body);
    return JSON.readTree(answer).path("token").asText();
  }

  private URI webhook() throws IOException {
    return options.sabotage() == DemoOptions.Sabotage.SWALLOWED_PAGE
        ? opened(new Liar()).url()
        : phones.webhook().url();
  }

  private Instant applyObjectives() throws IOException {
    List<String> documents = new ArrayList<>();
    for (Path from : List.of(objectives, nines.metricObjectives())) {
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          documents.add(Files.readString(file));
        }
      }
    }
    String yaml = String.join("\n---\n", documents);
    JsonNode applied = JSON.readTree(api.send("POST", "/api/v1/slos", "application/yaml", yaml));
    return Instant.parse(applied.path("effectiveFrom").asText());
  }

  /** What the shop sends before is counted later, from what is stored: not in time to page. */
  private boolean inForce() {
    return !Instant.now().isBefore(effectiveFrom);
  }

  /** Also what their absence raised is over: nobody is to be paged for the scenery. */
  private boolean rolesReady() throws IOException {
    return apart.isEmpty() || (apartReady() && Incidents.firing(api) == 0);
  }

  private boolean apartReady() throws IOException {
    for (RoleProcess role : apart.values()) {
      if (!ready(role.health())) {
        return false;
      }
    }
    return true;
  }

  /** All processes but the collector that the script takes away. */
  boolean ready() throws IOException {
    return ready(platform.api()) && ready(collectors.health()) && apartReady();
  }

  private boolean collectorsReady() throws IOException {
    return ready(collectors.health())
        && (lostCollector.isEmpty() || ready(lostCollector.get().health()));
  }

  private static boolean ready(URI health) throws IOException {
    return new Api(health, "").text("/health/ready").equals("UP");
  }

  Shop openShop() throws IOException {
    Map<String, RegionalCollectors.Ports> ports = new LinkedHashMap<>(collectors.ports());
    lostCollector.ifPresent(lost -> ports.putAll(lost.ports()));
    Map<String, Shop.Doors> doors = new LinkedHashMap<>();
    for (String region : REGIONS) {
      RegionalCollectors.Ports open = Objects.requireNonNull(ports.get(region), region);
      doors.put(region, new Shop.Doors(open, open));
    }
    lieTo(doors);
    return opened(
        Shop.start(
            nines,
            folder,
            doors,
            collectorToken,
            platform,
            options.story().script(),
            options.seed(),
            options.seconds(),
            options.spans()));
  }

  private void lieTo(Map<String, Shop.Doors> doors) throws IOException {
    boolean spans = options.sabotage() == DemoOptions.Sabotage.SWALLOWED_BATCHES;
    boolean points = options.sabotage() == DemoOptions.Sabotage.SWALLOWED_POINTS;
    if (spans || points) {
      RegionalCollectors.Ports liar = opened(new Liar()).ports();
      doors.computeIfPresent(
          victim(),
          (region, honest) ->
              spans
                  ? new Shop.Doors(liar, honest.metrics())
                  : new Shop.Doors(honest.spans(), liar));
    }
  }

  /** The first region that speaks OTLP/HTTP and keeps its collector. */
  private String victim() {
    return stays(REGIONS.get(1)) ? REGIONS.get(1) : REGIONS.get(3);
  }

  Path folder() {
    return folder;
  }

  Platform platform() {
    return platform;
  }

  Api api() {
    return api;
  }

  Phones phones() {
    return phones;
  }

  /** Empty when the story takes none away. */
  String lostRegion() {
    return lostRegion;
  }

  /** Roles that are processes of their own, by name. */
  Map<String, RoleProcess> apart() {
    return apart;
  }

  /** Where the objectives over spans are. */
  Path objectives() {
    return objectives;
  }

  /** Those of all regions but the one that is lost. */
  RegionalCollectors collectors() {
    return collectors;
  }

  /** That of the region which the story takes away. */
  RegionalCollectors lostCollector() {
    return lostCollector.orElseThrow(() -> new IllegalStateException("no region is lost"));
  }

  Instant effectiveFrom() {
    return effectiveFrom;
  }

  /** Who answers for the one customer with a contract. */
  SlaDesk slaDesk() {
    return new SlaDesk(api, terms, nines, folder.resolve("sla"));
  }

  /** Empty when there is none on this machine. */
  Optional<Prometheus> scraper() {
    return prometheus;
  }

  /** Doors for bad inputs: OTLP/HTTP of a collector that stays, with the token it takes. */
  BadInputs badInputs() {
    int port = collectors.ports().values().iterator().next().http();
    return new BadInputs(URI.create("http://127.0.0.1:" + port), collectorToken, api);
  }

  private <T extends Closeable> T opened(T part) {
    open.add(part);
    return part;
  }

  @Override
  public void close() throws IOException {
    for (Closeable part : open.reversed()) {
      part.close();
    }
  }
}
