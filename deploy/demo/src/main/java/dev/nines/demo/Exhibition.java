// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.panels.Gallery;
import dev.nines.demo.panels.Gauges;
import dev.nines.demo.panels.TimeRange;
import dev.nines.demo.panels.Witness;
import dev.nines.demo.points.MetricTruth;
import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.Store;
import dev.nines.demo.truth.DuePage;
import dev.nines.demo.truth.ShopLog;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Holds every Grafana panel against the truth, when all is counted. */
final class Exhibition {

  private static final String EVENTS =
      "SELECT count() FROM incident_events WHERE tenant = 'default'";
  private static final Duration STORED_WITHIN = Duration.ofSeconds(20);

  private final Theatre theatre;
  private final Path dashboards;
  private final Path folder;

  Exhibition(Theatre theatre, Path dashboards, Path folder) {
    this.theatre = theatre;
    this.dashboards = dashboards;
    this.folder = folder;
  }

  Gallery.Visit visit(
      Cast cast,
      Observation seen,
      ShopLog log,
      Truth truth,
      MetricTruth metrics,
      List<DuePage> due,
      Instant opened)
      throws IOException {
    Store store = new Store(theatre.platform().store());
    List<JsonNode> incidents = incidents(seen);
    awaitProjection(store, incidents);
    Api api = theatre.api();
    Witness witness =
        new Witness(
            log,
            truth,
            metrics,
            due,
            seen.pages(),
            seen.pagerDuty().events(),
            incidents,
            api.get("/api/v1/slos"),
            api.get("/api/v1/accounting"),
            api.get("/api/v1/changes"),
            theatre.lostRegion(),
            cast.silenceSeenAt(),
            cast.killed());
    Instant from = opened.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofMinutes(1));
    TimeRange range = new TimeRange(from, Instant.now(), Duration.ofMinutes(1));
    Gallery.Visit visit =
        new Gallery(dashboards, folder.resolve("truth")).visit(store, witness, range);
    return theatre.scraper().isPresent()
        ? visit.and(new Gauges(dashboards).visit(theatre.scraper().get(), range))
        : visit;
  }

  private List<JsonNode> incidents(Observation seen) throws IOException {
    List<JsonNode> incidents = new ArrayList<>();
    for (Report.Incident incident : seen.incidents()) {
      incidents.add(theatre.api().get("/api/v1/incidents/" + incident.id()));
    }
    return incidents;
  }

  /** Incidents reach the store through an outbox; whatever is missing then, the checks will say. */
  private static void awaitProjection(Store store, List<JsonNode> incidents) {
    long rows = incidents.stream().mapToLong(incident -> incident.path("timeline").size()).sum();
    Patience.until(
        STORED_WITHIN, () -> Long.parseLong(store.query(EVENTS).getFirst().getFirst()) >= rows);
  }
}
