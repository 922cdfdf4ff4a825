// SPDX-License-Identifier: Apache-2.0
package dev.nines.alerts;

import java.time.Instant;
import java.util.List;

/** Where an alert stands. Each transition gives the state after it; repeats change nothing. */
public sealed interface AlertState {

  /** When it last began to fire. */
  Instant since();

  /** When it came into this state. */
  Instant at();

  AlertState fire(Instant now);

  AlertState freeze(Instant now, List<String> regions);

  AlertState resolve(Instant now);

  default boolean open() {
    return switch (this) {
      case Firing firing -> true;
      case Frozen frozen -> true;
      case Resolved resolved -> false;
    };
  }

  /** The condition holds. */
  record Firing(Instant since, Instant at) implements AlertState {
    @Override
    public AlertState fire(Instant now) {
      return this;
    }

    @Override
    public AlertState freeze(Instant now, List<String> regions) {
      return new Frozen(since, now, regions);
    }

    @Override
    public AlertState resolve(Instant now) {
      return new Resolved(since, now);
    }
  }

  /**
   * Still open: whether the condition holds is unknown where nothing is measured.
   *
   * @param regions whose silence keeps it open
   */
  record Frozen(Instant since, Instant at, List<String> regions) implements AlertState {
    @Override
    public AlertState fire(Instant now) {
      return new Firing(since, now);
    }

    @Override
    public AlertState freeze(Instant now, List<String> newRegions) {
      return regions.equals(newRegions) ? this : new Frozen(since, at, newRegions);
    }

    @Override
    public AlertState resolve(Instant now) {
      return new Resolved(since, now);
    }
  }

  /** The condition is gone. */
  record Resolved(Instant since, Instant at) implements AlertState {
    @Override
    public AlertState fire(Instant now) {
      return new Firing(now, now);
    }

    @Override
    public AlertState freeze(Instant now, List<String> regions) {
      return new Frozen(now, now, regions);
    }

    @Override
    public AlertState resolve(Instant now) {
      return this;
    }
  }
}
