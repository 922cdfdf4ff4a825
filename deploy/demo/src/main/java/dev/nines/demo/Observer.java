// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.paging.PagerDutyLog;
import dev.nines.demo.points.StoredPoints;
import dev.nines.demo.stage.Store;
import dev.nines.demo.truth.Count;
import dev.nines.demo.truth.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the platform, from outside, what it knows. */
final class Observer {

  private static final String SPANS =
      "SELECT lower(hex(trace_id)), lower(hex(span_id)), count() FROM spans"
          + " WHERE tenant = 'default' GROUP BY 1, 2";
  private static final String LEDGER =
      "SELECT slo, scope, sum(good), sum(total), sum(uncertain) FROM ledger"
          + " WHERE tenant = 'default' AND cause != 'RECOUNT' GROUP BY 1, 2";

  private static final Duration TOLD_WITHIN = Duration.ofSeconds(15);

  private final Theatre theatre;
  private final Path folder;

  Observer(Theatre theatre, Path folder) {
    this.theatre = theatre;
    this.folder = folder;
  }

  Observation observe(Cast cast) throws IOException {
    awaitLastWords();
    Set<String> keys = new HashSet<>();
    long rows = 0;
    for (List<String> row : store().query(SPANS)) {
      keys.add(row.get(0) + row.get(1));
      rows += Long.parseLong(row.get(2));
    }
    Map<String, Map<String, Count>> status = status();
    Accounting accounting = Accounting.read(theatre.api());
    return new Observation(
        keys,
        rows,
        ledger(),
        status,
        groups(status.keySet()),
        theatre.phones().webhook().pages(),
        theatre.phones().webhook().complaints(),
        PagerDutyLog.of(theatre.phones().pagerDuty()),
        accounting.residual(),
        accounting.inFlight(),
        Incidents.read(theatre.api(), folder),
        theatre.lostRegion(),
        cast.silenceSeen(),
        cast.refusals(),
        cast.troubles(),
        changes());
  }

  StoredPoints points() throws IOException {
    return StoredPoints.read(store());
  }

  /** What ended is told behind its end: a moment is granted. */
  private void awaitLastWords() throws IOException {
    Set<String> changed = changes();
    Patience.until(
        TOLD_WITHIN,
        () -> {
          PagerDutyLog log = PagerDutyLog.of(theatre.phones().pagerDuty());
          return theatre.phones().webhook().open().isEmpty()
              && log.open().isEmpty()
              && log.changeIds().containsAll(changed);
        });
  }

  private Set<String> changes() throws IOException {
    Set<String> ids = new HashSet<>();
    for (JsonNode change : theatre.api().get("/api/v1/changes").path("changes")) {
      ids.add(change.path("id").asText());
    }
    return ids;
  }

  /** True when the platform's two answers, the stored ledger and the live status, are the same. */
  boolean ledgerAgreesWithStatus() throws IOException {
    Map<String, Map<String, Count>> ledger = ledger();
    for (Map.Entry<String, Map<String, Count>> slo : status().entrySet()) {
      Map<String, Count> stored = ledger.getOrDefault(slo.getKey(), Map.of());
      for (Map.Entry<String, Count> scope : slo.getValue().entrySet()) {
        if (!stored.getOrDefault(scope.getKey(), Count.NONE).equals(scope.getValue())) {
          return false;
        }
      }
    }
    return true;
  }

  private Store store() {
    return new Store(theatre.platform().store());
  }

  private Map<String, Map<String, Count>> ledger() throws IOException {
    Map<String, Map<String, Count>> sums = new HashMap<>();
    for (List<String> row : store().query(LEDGER)) {
      String slo = row.get(0).substring(row.get(0).indexOf('/') + 1);
      Count count =
          new Count(
              Long.parseLong(row.get(2)), Long.parseLong(row.get(3)), Long.parseLong(row.get(4)));
      Map<String, Count> scopes = sums.computeIfAbsent(slo, name -> new HashMap<>());
      scopes.put(row.get(1), count);
      scopes.merge(Truth.GLOBAL, count, Count::plus);
    }
    return sums;
  }

  private Map<String, Map<String, Count>> status() throws IOException {
    Map<String, Map<String, Count>> counts = new HashMap<>();
    for (JsonNode slo : theatre.api().get("/api/v1/slos").path("slos")) {
      Map<String, Count> scopes = new HashMap<>();
      for (JsonNode scope : slo.path("status")) {
        scopes.put(
            scope.path("scope").asText(),
            new Count(
                scope.path("runGood").asLong(),
                scope.path("runTotal").asLong(),
                scope.path("runUncertain").asLong()));
      }
      counts.put(slo.path("name").asText(), scopes);
    }
    return counts;
  }

  private Map<String, Map<String, Count>> groups(Set<String> slos) throws IOException {
    Map<String, Map<String, Count>> counts = new HashMap<>();
    for (String slo : slos) {
      Map<String, Count> groups = new HashMap<>();
      for (JsonNode group :
          theatre.api().get("/api/v1/slos/" + slo + "/groups?limit=2000").path("groups")) {
        groups.put(
            group.path("group").asText(),
            new Count(
                group.path("good").asLong(),
                group.path("total").asLong(),
                group.path("uncertain").asLong()));
      }
      counts.put(slo, groups);
    }
    return counts;
  }
}
