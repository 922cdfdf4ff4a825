// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.paging;

import dev.nines.demo.stage.PagerDutyProvider;
import dev.nines.demo.stage.PagerDutyProvider.Event;
import dev.nines.demo.truth.DuePage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that PagerDuty got.
 *
 * @param events alert events in the order in which they came
 * @param changes deploys and the like
 * @param complaints what it refused, and why
 */
public record PagerDutyLog(List<Event> events, List<Event> changes, List<String> complaints) {

  private static final String TRIGGER = "trigger";
  private static final String RESOLVE = "resolve";

  public static PagerDutyLog of(PagerDutyProvider provider) {
    return new PagerDutyLog(provider.events(), provider.changes(), provider.complaints());
  }

  /** Incidents that it still shows: a trigger came and no resolve after it. */
  public Set<String> open() {
    Map<String, String> last = new LinkedHashMap<>();
    events.stream()
        .filter(event -> event.action().equals(TRIGGER) || event.action().equals(RESOLVE))
        .forEach(event -> last.put(event.incident(), event.action()));
    return last.entrySet().stream()
        .filter(entry -> entry.getValue().equals(TRIGGER))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Whether one run of an incident was told. */
  public boolean triggered(String incident, int run) {
    return events.stream()
        .anyMatch(
            event ->
                event.action().equals(TRIGGER)
                    && event.incident().equals(incident)
                    && event.run() == run);
  }

  /** Ids of the changes that came. */
  public Set<String> changeIds() {
    return changes.stream().map(Event::changeId).collect(Collectors.toSet());
  }

  /**
   * Broken promises, one line each.
   *
   * @param due pages that the policies call for
   * @param changed ids of the changes that the platform knows
   * @param killed a process of the platform was killed on purpose: "blind since" is then the truth
   */
  public List<String> broken(List<DuePage> due, Set<String> changed, boolean killed) {
    List<String> broken = new ArrayList<>();
    complaints.forEach(line -> broken.add("7 a page: PagerDuty refuses it: " + line));
    once(broken);
    reasons(broken, due, killed);
    open().forEach(id -> broken.add("7 a page: PagerDuty still shows incident " + id));
    Set<String> missing = new HashSet<>(changed);
    missing.removeAll(changeIds());
    if (!missing.isEmpty()) {
      broken.add("7 a page: PagerDuty was not told of the changes " + missing);
    }
    return broken;
  }

  public long count(String action) {
    return events.stream().filter(event -> event.action().equals(action)).count();
  }

  private void once(List<String> broken) {
    Set<String> told = new HashSet<>();
    for (Event event : events) {
      if (event.action().equals(TRIGGER) && !told.add(event.page()) && !event.mayBeRepeat()) {
        broken.add("7 a page is sent once: PagerDuty got " + event.page() + " twice, unmarked");
      }
    }
  }

  private void reasons(List<String> broken, List<DuePage> due, boolean killed) {
    Set<String> told =
        events.stream()
            .filter(event -> event.action().equals(TRIGGER))
            .map(Event::slo)
            .filter(slo -> !(killed && slo.isEmpty()))
            .collect(Collectors.toSet());
    for (DuePage page : due) {
      if (page.owed() && !told.contains(page.slo())) {
        broken.add(
            "7 a page is never lost: %s burned, PagerDuty was not told".formatted(page.slo()));
      }
      told.remove(page.slo());
    }
    told.forEach(slo -> broken.add("7 a page: PagerDuty was told of " + slo + " without a reason"));
  }
}
