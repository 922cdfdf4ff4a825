// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import dev.nines.shop.delivery.Count;
import dev.nines.shop.delivery.Counts;
import dev.nines.shop.traffic.Fault;
import dev.nines.shop.traffic.FaultScript;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A run of the shop, moved on by whoever owns the clock. Not thread-safe: one thread calls.
 *
 * <p>Traffic until {@code begin + duration}; then {@link #flush} until {@link #drained} or until
 * patience ends; then {@link #abandon}.
 */
final class Simulation {

  private final Instant begin;
  private final Duration duration;
  private final FaultScript script;
  private final List<Branch> branches;
  private final ChangeFeed changes;
  private long toldMillis = -1;

  Simulation(
      Instant begin,
      Duration duration,
      FaultScript script,
      List<Branch> branches,
      ChangeFeed changes) {
    this.begin = begin;
    this.duration = duration;
    this.script = script;
    this.branches = branches;
    this.changes = changes;
  }

  boolean trafficOver(Instant now) {
    return !now.isBefore(begin.plus(duration));
  }

  /** Everything that happened up to now, or up to the end of the traffic. */
  void tick(Instant now) {
    Duration elapsed = Duration.between(begin, now);
    long elapsedNanos = Math.min(elapsed.toNanos(), duration.toNanos());
    tellChanges(elapsedNanos / 1_000_000);
    for (Branch branch : branches) {
      branch.tick(now, elapsedNanos);
    }
  }

  private void tellChanges(long millis) {
    for (Fault fault : script.faults()) {
      if (fault.kind() == Fault.Kind.BAD_DEPLOY) {
        if (reached(fault.startMillis(), millis)) {
          changes.tell(Change.deploy(fault, begin.plusMillis(fault.startMillis())));
        }
        if (reached(fault.endMillis(), millis)) {
          changes.tell(Change.rollback(fault, begin.plusMillis(fault.endMillis())));
        }
      }
    }
    toldMillis = Math.max(toldMillis, millis);
  }

  private boolean reached(long mark, long millis) {
    return toldMillis < mark && mark <= millis;
  }

  void flush(Instant now) {
    branches.forEach(branch -> branch.flush(now));
  }

  boolean drained() {
    return branches.stream().allMatch(Branch::drained);
  }

  void abandon(Instant now) {
    branches.forEach(branch -> branch.abandon(now));
  }

  Counts counts() {
    Counts all = new Counts();
    branches.forEach(branch -> all.addAll(branch.outbox().counts()));
    return all;
  }

  long requests() {
    return branches.stream().mapToLong(Branch::requests).sum();
  }

  Console.Progress progress(Instant now) {
    long millis = Duration.between(begin, now).toMillis();
    var reports = branches.stream().map(branch -> branch.report(now, millis)).toList();
    Counts counts = counts();
    return new Console.Progress(
        "progress",
        trafficOver(now) ? "flush" : "traffic",
        millis / 1_000.0,
        requests(),
        counts.get(Count.SENT_SPANS),
        counts.get(Count.ACKNOWLEDGED_SPANS),
        counts.get(Count.UNKNOWN_SPANS),
        reports.stream().mapToLong(Branch.Report::inFlight).sum(),
        reports.stream().mapToLong(Branch.Report::queued).sum(),
        counts.droppedSpans(),
        counts.get(Count.RESENT_BATCHES),
        reports,
        trafficOver(now) ? List.of() : script.activeAt(millis));
  }
}
