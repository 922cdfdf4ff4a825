// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.points.PointCheck;
import dev.nines.demo.points.PointFiles;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.points.StoredPoints;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Provider;
import dev.nines.demo.stage.Shop;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.ObjectiveFiles;
import dev.nines.demo.truth.ShopFiles;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code ./nines chaos}: the shop's bad day, while processes and stores are killed at random. */
public final class Chaos {

  private static final long SPANS_PER_MINUTE = 12_000;

  /** A backlog of two cores under ten minutes of kills. */
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(5);

  /** What a killed process may do: a region that comes and goes is seen as it happens. */
  private static final Set<Character> PROMISES = Set.of('1', '2', '5', '6', '7');

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final Installation nines;
  private final DemoOptions options;
  private final double minutes;
  private final Screen screen;

  public Chaos(Path home, double minutes, long seed, Optional<Path> report, PrintStream out) {
    this.nines = new Installation(home);
    this.minutes = minutes;
    this.options =
        DemoOptions.standard(seed, report)
            .sized(Math.round(minutes * SPANS_PER_MINUTE), Math.round(minutes * 60))
            .withRolesApart();
    this.screen = new Screen(out, false, Instant.now());
  }

  /** Nothing broke when {@link ChaosReport#brokenPromises} is empty. */
  public ChaosReport run() throws IOException {
    Path folder = Files.createTempDirectory("nines-chaos-");
    screen.title(
        "Nines chaos, seed %d: %.1f min of load and SIGKILL; files are in %s"
            .formatted(options.seed(), minutes, folder));
    ChaosReport report = perform(folder);
    if (options.report().isPresent()) {
      JSON.writeValue(options.report().get().toFile(), report);
    }
    screen.lines(lines(report));
    return report;
  }

  private ChaosReport perform(Path folder) throws IOException {
    Cast cast = new Cast(screen);
    try (Theatre theatre = new Theatre(nines, options, folder, cast::paged)) {
      cast.enter(theatre, options);
      Killer killer = new Killer(theatre, options.seed(), screen);
      Path log = openShop(theatre, cast, killer);
      cast.awaitCurtain();
      ShopLog shopLog = ShopFiles.read(log);
      PointLog pointLog = PointFiles.read(log);
      new Settling(theatre, SETTLED_WITHIN).await(shopLog, pointLog);
      return report(theatre, cast, killer, shopLog, pointLog);
    }
  }

  private Path openShop(Theatre theatre, Cast cast, Killer killer) throws IOException {
    Thread killing = Thread.ofPlatform().name("killer").unstarted(killer);
    try (Shop shop = theatre.openShop()) {
      killing.start();
      shop.follow(cast::hear);
      return shop.log();
    } finally {
      killing.interrupt();
      await(killing);
    }
  }

  private static void await(Thread killing) {
    try {
      killing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ChaosReport report(
      Theatre theatre, Cast cast, Killer killer, ShopLog log, PointLog pointLog)
      throws IOException {
    Observer observer = new Observer(theatre, theatre.folder());
    Observation seen = observer.observe(cast);
    Truth truth = new Truth(log, seen.storedKeys(), nines.objectives());
    StoredPoints stored = observer.points();
    MetricTruth metrics =
        new MetricTruth(
            pointLog,
            stored.keys(),
            ObjectiveFiles.readMetrics(nines.metricObjectives()),
            theatre.effectiveFrom());
    List<DuePage> due = new ArrayList<>(truth.pages(theatre.effectiveFrom()));
    due.addAll(metrics.pages());
    Map<String, Map<String, Count>> counts = new TreeMap<>(truth.counts());
    counts.putAll(metrics.counts());
    Verdict verdict = new Verdict(log, seen, counts, truth.groups(), due, true);
    PointCheck points = new PointCheck(pointLog, stored, true);
    List<String> broken = new ArrayList<>(killer.troubles());
    verdict.broken().stream()
        .filter(line -> PROMISES.contains(line.charAt(0)) || line.startsWith("the run"))
        .forEach(broken::add);
    broken.addAll(points.broken());
    Report.Spans spans = Tables.spans(log, seen, verdict);
    Report.Metrics pointCounts = Tables.metrics(points);
    return new ChaosReport(
        minutes,
        options.seed(),
        killer.kills(),
        spans.acknowledged() + pointCounts.pointsAcknowledged(),
        spans.lost() + pointCounts.lost(),
        spans.duplicated() + pointCounts.duplicated(),
        spans.unknown(),
        seen.residual(),
        due.stream().filter(DuePage::owed).count(),
        lost(due, seen.pages()),
        repeats(seen.pages()),
        List.copyOf(broken));
  }

  private static long lost(List<DuePage> due, List<Provider.Page> pages) {
    Set<String> paged = new HashSet<>();
    pages.stream()
        .filter(page -> page.event().equals("trigger"))
        .forEach(page -> paged.add(page.slo()));
    return due.stream().filter(page -> page.owed() && !paged.contains(page.slo())).count();
  }

  private static long repeats(List<Provider.Page> pages) {
    Set<String> keys = new HashSet<>();
    return pages.stream()
        .filter(page -> !keys.add(page.idempotencyKey()))
        .filter(page -> !page.body().path("mayBeRepeat").asBoolean())
        .count();
  }

  private static List<String> lines(ChaosReport report) {
    List<String> lines = new ArrayList<>();
    lines.add("  killed " + report.kills());
    lines.add(
        "  %,d spans and points acknowledged: %d lost, %d duplicated; residual %d; %,d spans of unknown outcome"
            .formatted(
                report.acknowledged(),
                report.lost(),
                report.duplicated(),
                report.residual(),
                report.unknown()));
    lines.add(
        "  %d pages owed: %d lost; %d sent twice unmarked"
            .formatted(
                report.pagesExpected(), report.pagesLost(), report.pagesDuplicatedUnmarked()));
    report.brokenPromises().forEach(line -> lines.add("  BROKEN  " + line));
    lines.add(report.brokenPromises().isEmpty() ? "  Every promise held." : "  NOT AS IT MUST");
    return lines;
  }
}
