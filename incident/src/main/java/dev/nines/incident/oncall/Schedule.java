// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A schedule without its overrides.
 *
 * @param zone of all its local times
 * @param layers a later one goes before an earlier one
 */
public record Schedule(ZoneId zone, List<Layer> layers) {

  public Schedule {
    layers = List.copyOf(layers);
  }

  Duty at(Instant instant) {
    WallClock clock = new WallClock(zone);
    for (Layer layer : layers.reversed()) {
      Optional<String> user = layer.at(instant, clock);
      if (user.isPresent()) {
        return new Duty.OnCall(user.get(), "layer/" + layer.name());
      }
    }
    return new Duty.Gap("no layer covers it");
  }

  /** No later than the first change after the instant. */
  Instant next(Instant instant) {
    WallClock clock = new WallClock(zone);
    return layers.stream()
        .map(layer -> layer.next(instant, clock))
        .min(Comparator.naturalOrder())
        .orElse(Instant.MAX);
  }

  /** Everybody who takes a turn. */
  public TreeSet<String> users() {
    TreeSet<String> users = new TreeSet<>();
    layers.forEach(layer -> users.addAll(layer.rotation().participants()));
    return users;
  }
}
