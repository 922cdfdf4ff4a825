// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Holds the budgets that the engine shows to the events that were written. */
record StatusCheck(String broker, Budgets budgets, CountStream stream) {

  private static final Duration WITHIN = Duration.ofMinutes(2);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  /**
   * Returns once all are right: the last ones are shown a moment after they are counted.
   *
   * @throws BenchFailedException when one stays wrong
   */
  void await() {
    long until = System.nanoTime() + WITHIN.toNanos();
    Optional<String> wrong = wrong();
    while (wrong.isPresent() && System.nanoTime() < until) {
      LockSupport.parkNanos(AGAIN.toNanos());
      wrong = wrong();
    }
    if (wrong.isPresent()) {
      throw new BenchFailedException(wrong.get());
    }
  }

  private Optional<String> wrong() {
    Map<String, byte[]> last = new HashMap<>();
    Committed.read(
        broker,
        ObjectiveTopics.SLO_STATUS.name(),
        record -> last.put(new String(record.key(), UTF_8), record.value()));
    for (int slo = 0; slo < budgets.slos(); slo++) {
      long all = 0;
      for (int region = 0; region < Budgets.REGIONS.size(); region++) {
        long written = stream.total(slo, region);
        all += written;
        String key = budgets.slo(slo) + "@" + Budgets.REGIONS.get(region);
        if (written > 0 && !shows(last.get(key), written)) {
          return Optional.of(key + " does not show " + written + " events");
        }
      }
      String global = budgets.slo(slo) + "@" + SloStatus.GLOBAL;
      if (all > 0 && !shows(last.get(global), all)) {
        return Optional.of(global + " does not show " + all + " events");
      }
    }
    return Optional.empty();
  }

  private static boolean shows(byte @Nullable [] status, long events) {
    return status != null && StatusWatch.runTotal(status) == events;
  }
}
