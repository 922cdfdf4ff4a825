// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Sources as one, by the times of what they give; each in its own order. */
public final class Merged<T> {

  private final ToLongFunction<T> at;
  private final PriorityQueue<Head<T>> heads;

  /**
   * @param sources empty at their end
   */
  public Merged(List<? extends Supplier<Optional<T>>> sources, ToLongFunction<T> at) {
    this.at = at;
    this.heads =
        new PriorityQueue<>(
            Comparator.<Head<T>>comparingLong(Head::at).thenComparingInt(Head::place));
    for (int i = 0; i < sources.size(); i++) {
      advance(sources.get(i), i);
    }
  }

  /** Empty at the end of all. */
  public Optional<T> next() {
    Head<T> first = heads.poll();
    if (first == null) {
      return Optional.empty();
    }
    advance(first.source(), first.place());
    return Optional.of(first.value());
  }

  private void advance(Supplier<Optional<T>> source, int place) {
    source
        .get()
        .ifPresent(value -> heads.add(new Head<>(at.applyAsLong(value), place, value, source)));
  }

  private record Head<T>(long at, int place, T value, Supplier<Optional<T>> source) {}
}
