// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.oncall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A schedule with its history and its overrides: the final schedule. What was true at an instant
 * stays true, since a version counts from its own instant on.
 *
 * @param versions by their start, earliest first
 * @param covers in the order in which they were written
 */
public record Roster(List<Version> versions, List<Cover> covers) {

  /** Longer ways are refused. */
  public static final int EDGES_MAX = 10_000;

  /**
   * What the schedule says from an instant on.
   *
   * @param schedule null where it was deleted
   */
  public record Version(Instant from, @Nullable Schedule schedule) {}

  /** One stretch of the final schedule, without {@code to}. */
  public record Segment(Instant from, Instant to, Duty duty) {}

  public Roster {
    versions = List.copyOf(versions);
    covers = List.copyOf(covers);
  }

  /** Total: each instant has its answer. */
  public Duty at(Instant instant) {
    for (Cover cover : covers.reversed()) {
      if (cover.holds(instant)) {
        return new Duty.OnCall(cover.user(), "override/" + cover.id());
      }
    }
    Optional<Version> version = version(instant);
    if (version.isEmpty()) {
      return new Duty.Gap("the schedule did not exist yet");
    }
    Schedule schedule = version.get().schedule();
    return schedule == null ? new Duty.Gap("the schedule was deleted") : schedule.at(instant);
  }

  /**
   * The final schedule in [from, to), neighbours with the same answer joined.
   *
   * @return empty when the layers change more often than {@link #EDGES_MAX} times in it
   */
  public Optional<List<Segment>> timeline(Instant from, Instant to) {
    List<Segment> segments = new ArrayList<>();
    Instant start = from;
    Duty duty = at(from);
    int edges = 0;
    for (Instant edge = next(from); edge.isBefore(to); edge = next(edge)) {
      if (++edges > EDGES_MAX) {
        return Optional.empty();
      }
      Duty after = at(edge);
      if (!after.equals(duty)) {
        segments.add(new Segment(start, edge, duty));
        start = edge;
        duty = after;
      }
    }
    segments.add(new Segment(start, to, duty));
    return Optional.of(segments);
  }

  /** No later than the first change after the instant. */
  private Instant next(Instant instant) {
    Instant next =
        version(instant)
            .flatMap(version -> Optional.ofNullable(version.schedule()))
            .map(schedule -> schedule.next(instant))
            .orElse(Instant.MAX);
    Stream<Instant> others =
        Stream.concat(
            versions.stream().map(Version::from),
            covers.stream().flatMap(cover -> Stream.of(cover.from(), cover.to())));
    return others
        .filter(edge -> edge.isAfter(instant) && edge.isBefore(next))
        .min(Instant::compareTo)
        .orElse(next);
  }

  private Optional<Version> version(Instant instant) {
    return versions.reversed().stream()
        .filter(version -> !version.from().isAfter(instant))
        .findFirst();
  }
}
