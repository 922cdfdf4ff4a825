// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.points.PointCheck;
import dev.nines.demo.points.PointFiles;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.points.StoredPoints;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.stage.Shop;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.ObjectiveFiles;
import dev.nines.demo.truth.ShopFiles;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The shop's day while processes are killed, and what the platform says afterwards. */
final class Siege {

  /** A backlog of two cores under ten minutes of kills. */
  private static final Duration SETTLED_WITHIN = Duration.ofMinutes(5);

  private final Installation nines;
  private final DemoOptions options;
  private final Screen screen;

  /**
   * @param killer what killed, and when
   * @param log the shop's own
   * @param counts the truth by objective and scope
   * @param due pages that the policies call for
   */
  record Outcome(
      Killer killer,
      ShopLog log,
      Observation seen,
      Map<String, Map<String, Count>> counts,
      List<DuePage> due,
      Verdict verdict,
      PointCheck points) {}

  Siege(Installation nines, DemoOptions options, Screen screen) {
    this.nines = nines;
    this.options = options;
    this.screen = screen;
  }

  /**
   * @param killer runs while the shop is open
   */
  Outcome run(Path folder, Function<Theatre, Killer> killer) throws IOException {
    Cast cast = new Cast(screen);
    try (Theatre theatre = new Theatre(nines, options, folder, cast::paged)) {
      cast.enter(theatre, options);
      Killer kills = killer.apply(theatre);
      Path log = openShop(theatre, cast, kills);
      cast.awaitCurtain();
      ShopLog shopLog = ShopFiles.read(log);
      PointLog pointLog = PointFiles.read(log);
      new Settling(theatre, SETTLED_WITHIN).await(shopLog, pointLog);
      return outcome(theatre, cast, kills, shopLog, pointLog);
    }
  }

  private static Path openShop(Theatre theatre, Cast cast, Killer killer) throws IOException {
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

  private Outcome outcome(Theatre theatre, Cast cast, Killer killer, ShopLog log, PointLog pointLog)
      throws IOException {
    Observer observer = new Observer(theatre, theatre.folder());
    Observation seen = observer.observe(cast);
    Truth truth = new Truth(log, seen.storedKeys(), theatre.objectives());
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
    return new Outcome(killer, log, seen, counts, due, verdict, points);
  }
}
