// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One rotation of a schedule.
 *
 * @param name unique in its schedule
 * @param restrictions it counts while one of them holds; always when there is none
 */
public record Layer(String name, Rotation rotation, List<Restriction> restrictions) {

  public Layer {
    restrictions = List.copyOf(restrictions);
  }

  /** Who has the duty by this layer alone. */
  Optional<String> at(Instant instant, WallClock clock) {
    return Restriction.holds(restrictions, instant, clock)
        ? rotation.at(instant, clock)
        : Optional.empty();
  }

  /** No later than the first change after the instant. */
  Instant next(Instant instant, WallClock clock) {
    Stream<Instant> edges =
        Restriction.windows(restrictions, instant, clock)
            .flatMap(window -> window.edges(clock))
            .filter(edge -> edge.isAfter(instant));
    return Stream.concat(edges, Stream.of(rotation.next(instant, clock)))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }
}
