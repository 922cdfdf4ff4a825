// SPDX-License-Identifier: Apache-2.0
package dev.nines.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Notices when evaluation gives no sign of life. Each part counts from its last sign, by this
 * node's clock; before the first assignment (Kafka away since the start) the only part is {@code
 * all}. Used by one thread.
 */
final class BlindWatch {

  static final Duration LIMIT = Duration.ofSeconds(15);

  /**
   * Evaluation may still restore its state when delivery begins to watch: nobody is woken so soon.
   */
  private static final int START_FACTOR = 4;

  private static final String ALL = "all";

  private final Duration limit;
  private final Map<String, Sign> signs = new TreeMap<>();

  /** What was told last about a part: true is blind. */
  private final Map<String, Boolean> told = new TreeMap<>();

  /**
   * @param real false for the instant from which the part is watched
   */
  private record Sign(Instant at, boolean real) {}

  /**
   * A part whose condition is not told yet.
   *
   * @param since last sign of life
   */
  record Turn(String part, boolean blind, Instant since) {}

  BlindWatch(Duration limit, Instant start) {
    this.limit = limit;
    signs.put(ALL, new Sign(start, false));
  }

  void assigned(Collection<Integer> partitions, Instant now) {
    Map<String, Sign> old = new TreeMap<>(signs);
    signs.clear();
    for (int partition : partitions) {
      signs.put(part(partition), old.getOrDefault(part(partition), new Sign(now, false)));
    }
    signs.put(ALL, new Sign(Instant.MAX, true));
    told.keySet().retainAll(signs.keySet());
  }

  void alive(int partition, Instant now) {
    signs.replace(part(partition), new Sign(now, true));
  }

  /** What is to be told; comes again until {@link #told}. */
  List<Turn> turns(Instant now) {
    List<Turn> turns = new ArrayList<>();
    signs.forEach(
        (part, sign) -> {
          boolean blind = !now.isBefore(deadline(sign));
          if (blind != told.getOrDefault(part, !blind) && (blind || sign.real())) {
            turns.add(new Turn(part, blind, blind ? sign.at() : now));
          }
        });
    return turns;
  }

  /** Parts that are blind now. */
  long blind(Instant now) {
    return signs.values().stream().filter(sign -> !now.isBefore(deadline(sign))).count();
  }

  void told(Turn turn) {
    told.put(turn.part(), turn.blind());
  }

  private Instant deadline(Sign sign) {
    if (sign.at().equals(Instant.MAX)) {
      return Instant.MAX;
    }
    return sign.at().plus(sign.real() ? limit : limit.multipliedBy(START_FACTOR));
  }

  private static String part(int partition) {
    return "partition-" + partition;
  }
}
