// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog.backfill;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Slo;
import dev.nines.objectives.backfill.History;
import dev.nines.objectives.backfill.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Events that ended and were inserted at known instants; most at once, some hours late. */
final class RecordedPast implements History {

  private final InstantSource clock;
  private final List<Event> events = new ArrayList<>();
  private final List<Event> crossing = new ArrayList<>();
  @Nullable Reach answer;
  boolean sampled;
  int cellsMax = Integer.MAX_VALUE;
  Instant tooMuchBefore = Instant.EPOCH;
  boolean tooMuchAcross;
  int askedAcross;

  private record Event(String region, Instant ended, Instant inserted) {}

  RecordedPast(InstantSource clock) {
    this.clock = clock;
  }

  /** Up to a little after the end: those belong to the line itself. */
  void fill(Random random, Instant end, Duration before) {
    for (int i = 0; i < 2_000; i++) {
      long back = (long) (random.nextDouble() * random.nextDouble() * before.toSeconds());
      Instant ended = end.plusSeconds(60 - back);
      long late = random.nextInt(4) == 0 ? random.nextInt(20 * 3_600) : 2;
      events.add(new Event(random.nextBoolean() ? "eu" : "us", ended, ended.plusSeconds(late)));
    }
  }

  void comes(Instant ended, Instant inserted) {
    events.add(new Event("eu", ended, inserted));
  }

  /** What a series added from before the line to then. */
  void crosses(Instant ended, Instant inserted) {
    crossing.add(new Event("eu", ended, inserted));
  }

  /** The same, asked by a process that may die before it has the answer. */
  History dying(Runnable die) {
    RecordedPast whole = this;
    return new History() {
      @Override
      public Instant settled() {
        return whole.settled();
      }

      @Override
      public Reach reach(Slo slo, Instant from, Instant to, Instant seenTo) {
        die.run();
        return whole.reach(slo, from, to, seenTo);
      }

      @Override
      public boolean sampledSince(String tenant, Instant since) {
        return whole.sampledSince(tenant, since);
      }

      @Override
      public Optional<Map<String, List<Cell>>> count(Question question) {
        die.run();
        return whole.count(question);
      }
    };
  }

  @Override
  public Instant settled() {
    return clock.instant().minusSeconds(30);
  }

  @Override
  public Reach reach(Slo slo, Instant from, Instant to, Instant seenTo) {
    return answer != null ? answer : new Reach.Exact(from, from, from, "");
  }

  @Override
  public boolean sampledSince(String tenant, Instant since) {
    return sampled;
  }

  @Override
  public Optional<Map<String, List<Cell>>> count(Question question) {
    Map<String, TreeMap<Long, Cell>> regions = new TreeMap<>();
    boolean behind = !question.from().isBefore(question.lineFrom());
    askedAcross += behind ? 1 : 0;
    for (Event event : behind ? crossing : events) {
      if (within(event.ended, question.from(), question.to())
          && within(event.inserted, question.seenFrom(), question.seenTo())) {
        long width = event.ended.isBefore(question.minutesBefore()) ? 60 : 10;
        long slice = Math.floorDiv(event.ended.getEpochSecond(), width) * width;
        regions
            .computeIfAbsent(event.region, region -> new TreeMap<>())
            .merge(
                slice,
                new Cell(slice, 1, 1),
                (a, b) -> new Cell(slice, a.good() + 1, a.total() + 1));
      }
    }
    int cells = regions.values().stream().mapToInt(TreeMap::size).sum();
    boolean across = behind && tooMuchAcross;
    if (across || cells > cellsMax || question.from().isBefore(tooMuchBefore)) {
      return Optional.empty();
    }
    Map<String, List<Cell>> counted = new TreeMap<>();
    regions.forEach((region, byslice) -> counted.put(region, List.copyOf(byslice.values())));
    return Optional.of(counted);
  }

  /** By brute force: all that ended there, up to 24 h late. */
  Map<String, Long> minutes(Instant from, Instant to) {
    Map<String, Long> minutes = new TreeMap<>();
    for (Event event : events) {
      if (within(event.ended, from, to)) {
        long minute = Math.floorDiv(event.ended.getEpochSecond(), 60) * 60;
        minutes.merge(event.region + Instant.ofEpochSecond(minute), 1L, Long::sum);
      }
    }
    return minutes;
  }

  /** By region and minute. */
  static Map<String, Long> counted(List<Past> records) {
    Map<String, Long> minutes = new TreeMap<>();
    for (Past record : records) {
      record
          .regions()
          .forEach(
              (region, cells) -> {
                for (Cell cell : cells) {
                  Instant minute =
                      Instant.ofEpochSecond(Math.floorDiv(cell.sliceStartSeconds(), 60) * 60);
                  minutes.merge(region + minute, cell.total(), Long::sum);
                }
              });
    }
    return minutes;
  }

  private static boolean within(Instant at, Instant from, Instant to) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
