// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.demo.paging.PagerDutyLog;
import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.PagerDutyProvider;
import dev.nines.demo.stage.Provider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The people of the demo: they hear the shop, take collectors away, answer pages. */
final class Cast {

  private static final Duration REACTION = Duration.ofSeconds(2);
  private static final Duration RUNG_WITHIN = Duration.ofSeconds(20);
  private static final Duration SILENCE_SHOWN_WITHIN = Duration.ofSeconds(25);

  private final Screen screen;
  private final List<String> refusals = new CopyOnWriteArrayList<>();
  private final List<String> troubles = new CopyOnWriteArrayList<>();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final List<Thread> errands = new CopyOnWriteArrayList<>();
  private Set<String> faults = Set.of();
  private boolean badInputsSent;
  private boolean killed;
  private volatile @Nullable Instant silenceSeenAt;
  private @Nullable Theatre theatre;
  private @Nullable DemoOptions options;

  Cast(Screen screen) {
    this.screen = screen;
  }

  /** The process that was killed, once it was. */
  Optional<String> killed() {
    return killed ? run().kill() : Optional.empty();
  }

  void enter(Theatre where, DemoOptions how) {
    theatre = where;
    options = how;
  }

  /** A line that the shop says each second. */
  void hear(JsonNode line) throws IOException {
    if (!line.path("type").asText().equals("progress")) {
      return;
    }
    Set<String> now = new HashSet<>();
    line.path("faults").forEach(fault -> now.add(name(fault)));
    for (String fault : now) {
      if (!faults.contains(fault)) {
        begins(fault);
      }
    }
    for (String fault : faults) {
      if (!now.contains(fault)) {
        ends(fault);
      }
    }
    faults = now;
    screen.status(status(line));
    double share = line.path("elapsedSeconds").asDouble() / run().seconds();
    chores(share);
  }

  private static String name(JsonNode fault) {
    return fault.path("kind").asText() + " in " + fault.path("region").asText();
  }

  private void begins(String fault) {
    screen.event("✗", fault.replace('-', ' ').replace(" in ", " begins in "));
    if (fault.startsWith("region-loss")) {
      place().lostCollector().kill();
      errand(this::watchSilence);
    }
  }

  private void ends(String fault) {
    screen.event("✓", fault.replace('-', ' ').replace(" in ", " is over in "));
    if (fault.startsWith("region-loss")) {
      errand(this::bringBack);
    }
  }

  /**
   * The collector stays away until its silence was shown: in a short run a loss is hardly longer.
   */
  private void bringBack() {
    Patience.until(SILENCE_SHOWN_WITHIN, this::silenceSeen);
    try {
      place().lostCollector().restart();
    } catch (IOException e) {
      troubles.add("the lost collector could not be started again: " + e.getMessage());
    }
  }

  private void chores(double share) throws IOException {
    if (share > 0.1 && !badInputsSent) {
      badInputsSent = true;
      errand(() -> refusals.addAll(place().badInputs().unrefused()));
    }
    if (share > 0.5 && !killed && run().kill().isPresent()) {
      killed = true;
      screen.event("☠", "SIGKILL of " + run().kill().get());
      place().platform().kill(run().kill().get());
    }
  }

  private String status(JsonNode line) {
    return "%3.0f s  %,9d spans sent  %,9d acknowledged  %,6d in flight   faults: %s"
        .formatted(
            line.path("elapsedSeconds").asDouble(),
            line.path("sent").asLong(),
            line.path("acknowledged").asLong(),
            line.path("inFlight").asLong(),
            faults.isEmpty() ? "none" : faults.stream().sorted().collect(Collectors.joining(", ")));
  }

  /** While its collector is gone, the region must be shown as not measured. */
  private void watchSilence() {
    boolean shown = Patience.until(Duration.ofSeconds(45), this::silenceShown);
    if (shown) {
      silenceSeenAt = Instant.now();
      screen.event("◌", place().lostRegion() + " is shown as unmeasured, not as down");
    }
  }

  private boolean silenceShown() throws IOException {
    for (JsonNode slo : place().api().get("/api/v1/slos").path("slos")) {
      for (JsonNode scope : slo.path("status")) {
        if (scope.path("scope").asText().equals(place().lostRegion())
            && scope.hasNonNull("unmeasuredSince")) {
          return true;
        }
      }
    }
    return false;
  }

  /** A page arrives: after two seconds somebody acknowledges it, each time anew. */
  void paged(Provider.Page page) {
    screen.event("☎", page.event() + ": " + Director.sentence(page));
    if (page.event().equals("trigger") && answered.add(page.idempotencyKey())) {
      errand(() -> answer(page.incident(), page.body().path("run").asInt()));
    }
  }

  /** Whoever answers lets PagerDuty ring first: what is acknowledged is not told any more. */
  private void answer(String incident, int run) {
    LockSupport.parkNanos(REACTION.toNanos());
    PagerDutyProvider pagerDuty = place().phones().pagerDuty();
    Patience.until(RUNG_WITHIN, () -> PagerDutyLog.of(pagerDuty).triggered(incident, run));
    if (!Patience.until(Duration.ofSeconds(60), () -> act(incident, "acknowledge"))) {
      troubles.add("incident " + incident + " could not be acknowledged");
    }
  }

  /** Done, or too late: an incident that resolved by itself needs nobody any more. */
  private boolean act(String incident, String verb) throws IOException {
    String path = "/api/v1/incidents/" + incident + "/" + verb;
    try {
      place().api().send("POST", path, "application/json", "{}");
    } catch (Api.Refused refused) {
      if (refused.status() != 409) {
        throw refused;
      }
    }
    return true;
  }

  /** After the last request: waits for errands, then resolves what is still open. */
  void awaitCurtain() throws IOException {
    for (Thread errand : errands) {
      join(errand);
    }
    Patience.until(Duration.ofSeconds(60), () -> Incidents.firing(place().api()) == 0);
    for (String incident : Incidents.open(place().api())) {
      act(incident, "resolve");
    }
  }

  private static void join(Thread errand) {
    try {
      errand.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void errand(Runnable work) {
    errands.add(Thread.ofVirtual().start(work));
  }

  boolean silenceSeen() {
    return silenceSeenAt != null;
  }

  @Nullable Instant silenceSeenAt() {
    return silenceSeenAt;
  }

  List<String> refusals() {
    return List.copyOf(refusals);
  }

  List<String> troubles() {
    return List.copyOf(troubles);
  }

  private Theatre place() {
    if (theatre == null) {
      throw new IllegalStateException("not on stage yet");
    }
    return theatre;
  }

  private DemoOptions run() {
    if (options == null) {
      throw new IllegalStateException("not on stage yet");
    }
    return options;
  }
}
