// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.capacity.CapacityDesk;
import dev.nines.demo.capacity.CapacityResult;
import dev.nines.demo.panels.Gallery;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.points.PointCheck;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.points.StoredPoints;
import dev.nines.demo.sla.SlaResult;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.ObjectiveFiles;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** When all is counted: everything is asked once more and held against the truth. */
final class Finale {

  /** A platform that lost something shows it in most panels: a few say enough. */
  private static final int LIES_SHOWN = 12;

  private final Theatre theatre;
  private final Installation nines;
  private final DemoOptions options;
  private final Cast cast;
  private final Instant opened;
  private final List<String> broken = new ArrayList<>();

  Finale(Theatre theatre, Installation nines, DemoOptions options, Cast cast, Instant opened) {
    this.theatre = theatre;
    this.nines = nines;
    this.options = options;
    this.cast = cast;
    this.opened = opened;
  }

  Report report(ShopLog log, PointLog pointLog) throws IOException {
    boolean killed = options.kill().isPresent();
    Observer observer = new Observer(theatre, theatre.folder());
    Observation seen = observer.observe(cast);
    Truth truth = new Truth(log, seen.storedKeys(), theatre.objectives());
    StoredPoints stored = observer.points();
    MetricTruth metrics = metrics(pointLog, stored);
    List<DuePage> due = new ArrayList<>(truth.pages(theatre.effectiveFrom()));
    due.addAll(metrics.pages());
    Map<String, Map<String, Count>> counts = new TreeMap<>(truth.counts());
    counts.putAll(metrics.counts());
    Map<String, Map<String, Count>> groups = truth.groups();
    Verdict verdict = new Verdict(log, seen, counts, groups, due, killed);
    PointCheck points = new PointCheck(pointLog, stored, killed);
    long seconds = Duration.between(opened, Instant.now()).toSeconds();
    broken.addAll(verdict.broken());
    broken.addAll(points.broken());
    Gallery.Visit visit = dashboards(seen, log, truth, metrics, due);
    SlaResult sla = theatre.slaDesk().report(truth);
    broken.addAll(sla.broken());
    CapacityResult capacity =
        new CapacityDesk(theatre.api(), nines.capacityModel(), Theatre.REGIONS)
            .ask(log, truth, opened);
    broken.addAll(capacity.broken());
    return new Report(
        options.seed(),
        Theatre.REGIONS.size(),
        seconds,
        Tables.spans(log, seen, verdict),
        Tables.metrics(points),
        Tables.slos(counts, seen.ledger()),
        Tables.groups(groups, seen.groups()),
        Tables.pages(due, seen.pages()),
        Tables.pagerDuty(seen.pagerDuty()),
        seen.incidents(),
        new Report.Dashboards(visit.panels(), visit.withData()),
        Tables.sla(sla),
        new Report.Capacity(capacity),
        List.copyOf(broken));
  }

  private MetricTruth metrics(PointLog log, StoredPoints stored) throws IOException {
    return new MetricTruth(
        log,
        stored.keys(),
        ObjectiveFiles.readMetrics(nines.metricObjectives()),
        theatre.effectiveFrom());
  }

  private Gallery.Visit dashboards(
      Observation seen, ShopLog log, Truth truth, MetricTruth metrics, List<DuePage> due)
      throws IOException {
    Gallery.Visit visit =
        new Exhibition(theatre, nines.dashboards(), theatre.folder())
            .visit(cast, seen, log, truth, metrics, due, opened);
    visit.lies().stream().limit(LIES_SHOWN).forEach(lie -> broken.add("a dashboard: " + lie));
    if (visit.lies().size() > LIES_SHOWN) {
      broken.add("a dashboard: and %d more".formatted(visit.lies().size() - LIES_SHOWN));
    }
    return visit;
  }
}
