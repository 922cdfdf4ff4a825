// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.nines.demo.points.PointFiles;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.stage.Shop;
import dev.nines.demo.truth.ShopFiles;
import dev.nines.demo.truth.ShopLog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** {@code ./nines demo}: one run from an empty folder to a verdict. */
public final class Director {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);

  private final Installation nines;
  private final DemoOptions options;
  private final Screen screen;

  public Director(Path home, DemoOptions options, PrintStream out, boolean terminal) {
    this.nines = new Installation(home);
    this.options = options;
    this.screen = new Screen(out, terminal, Instant.now());
  }

  /**
   * Runs the demo.
   *
   * @return its report; no promise broke when {@link Report#brokenPromises} is empty
   * @throws IOException when a part could not be started or asked at all
   */
  public Report run() throws IOException {
    Path folder = Files.createTempDirectory("nines-demo-");
    screen.title("Nines demo, seed " + options.seed() + ": ten regions, one bad day");
    Report report = perform(folder);
    if (options.report().isPresent()) {
      JSON.writeValue(options.report().get().toFile(), report);
    }
    screen.lines(Summary.of(report, folder));
    return report;
  }

  private Report perform(Path folder) throws IOException {
    Cast cast = new Cast(screen);
    try (Theatre theatre = new Theatre(nines, options, folder, cast::paged)) {
      screen.event("▶", "the platform is up after " + seconds(theatre) + "; the shop opens");
      if (theatre.scraper().isEmpty()) {
        screen.event("◌", "no prometheus on the PATH: panels on our own metrics are not asked");
      }
      cast.enter(theatre, options);
      Instant opened = Instant.now();
      Path log;
      try (Shop shop = theatre.openShop()) {
        shop.follow(cast::hear);
        log = shop.log();
      }
      screen.event("■", "the shop is closed; waiting until everything is counted");
      cast.awaitCurtain();
      ShopLog shopLog = ShopFiles.read(log);
      PointLog pointLog = PointFiles.read(log);
      new Settling(theatre, SETTLED_WITHIN).await(shopLog, pointLog);
      Sabotages.forge(theatre, options.sabotage());
      Report report = new Finale(theatre, nines, options, cast, opened).report(shopLog, pointLog);
      if (options.record().isPresent()) {
        Recording recording = new Recording(theatre, nines);
        screen.event("●", recording.write(log, shopLog, pointLog, options.record().get()));
      }
      return report;
    }
  }

  private static String seconds(Theatre theatre) {
    return "%.1f s".formatted(theatre.platform().readyMillis() / 1000.0);
  }

  /** The spans of a page's body that a person wants to read. */
  static String sentence(Provider.Page page) {
    JsonNode summary = page.body().path("summary");
    return summary.isMissingNode() ? page.body().toString() : summary.asText();
  }
}
