// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import dev.nines.demo.panels.Gallery;
import dev.nines.demo.points.PointCheck;
import dev.nines.demo.points.PointLog;
import dev.nines.demo.sla.SlaResult;
import dev.nines.demo.stage.Installation;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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
    Truth truth = new Truth(log, seen.storedKeys(), nines.objectives());
    List<Truth.DuePage> due = truth.pages(theatre.effectiveFrom());
    Verdict verdict = new Verdict(log, seen, truth.counts(), due, killed);
    PointCheck points = new PointCheck(pointLog, observer.points(), killed);
    long seconds = Duration.between(opened, Instant.now()).toSeconds();
    broken.addAll(verdict.broken());
    broken.addAll(points.broken());
    Gallery.Visit visit = dashboards(seen, log, truth, due);
    SlaResult sla = theatre.slaDesk().report(truth);
    broken.addAll(sla.broken());
    return new Report(
        options.seed(),
        Theatre.REGIONS.size(),
        seconds,
        Tables.spans(log, seen, verdict),
        Tables.metrics(points),
        Tables.slos(truth.counts(), seen.ledger()),
        Tables.pages(due, seen.pages()),
        Tables.pagerDuty(seen.pagerDuty()),
        seen.incidents(),
        new Report.Dashboards(visit.panels(), visit.withData()),
        Tables.sla(sla),
        List.copyOf(broken));
  }

  private Gallery.Visit dashboards(
      Observation seen, ShopLog log, Truth truth, List<Truth.DuePage> due) throws IOException {
    Gallery.Visit visit =
        new Exhibition(theatre, nines.dashboards(), theatre.folder())
            .visit(cast, seen, log, truth, due, opened);
    visit.lies().stream().limit(LIES_SHOWN).forEach(lie -> broken.add("a dashboard: " + lie));
    if (visit.lies().size() > LIES_SHOWN) {
      broken.add("a dashboard: and %d more".formatted(visit.lies().size() - LIES_SHOWN));
    }
    return visit;
  }
}
