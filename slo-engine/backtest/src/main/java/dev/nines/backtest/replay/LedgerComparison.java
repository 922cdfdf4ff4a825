// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.replay;

import dev.nines.backtest.history.Entry.Kept;
import dev.nines.objectives.Group;
import dev.nines.objectives.Slices;
import dev.nines.objectives.SloId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Minutes of the log beside minutes of the ledger.
 *
 * @param compared minutes of SLO, region and group
 * @param differences each in words
 * @param open minutes that are not complete yet, or whose beginning the log lost: not compared
 */
public record LedgerComparison(int compared, List<String> differences, int open) {

  /**
   * @param fromMillis minutes that start before are not compared
   * @param completeTo by region, epoch milliseconds: so are those that end after
   */
  static LedgerComparison of(
      Map<SliceKey, SliceValue> slices,
      Collection<Kept> ledger,
      long fromMillis,
      Map<String, Long> completeTo) {
    Set<List<Object>> folded = folded(ledger);
    Map<SliceKey, SliceValue> log = new TreeMap<>();
    slices.forEach((key, value) -> log.merge(minute(key, folded), value, SliceValue::plus));
    Map<SliceKey, SliceValue> kept = new TreeMap<>();
    for (Kept each : ledger) {
      SliceKey key =
          new SliceKey(each.slo(), each.line(), each.scope(), each.group(), each.minute());
      kept.merge(
          minute(key, folded),
          new SliceValue(each.good(), each.total(), each.uncertain()),
          SliceValue::plus);
    }
    Set<SliceKey> all = new TreeSet<>(log.keySet());
    all.addAll(kept.keySet());
    int compared = 0;
    int open = 0;
    List<String> differences = new ArrayList<>();
    for (SliceKey key : all) {
      long end = (key.start() + Slices.LEDGER_SECONDS) * 1_000;
      if (key.start() * 1_000 < fromMillis || end > completeTo.getOrDefault(key.region(), 0L)) {
        open++;
        continue;
      }
      compared++;
      SliceValue ofLog = log.getOrDefault(key, SliceValue.NONE);
      SliceValue ofLedger = kept.getOrDefault(key, SliceValue.NONE);
      if (!ofLog.equals(ofLedger)) {
        differences.add(difference(key, ofLog, ofLedger));
      }
    }
    return new LedgerComparison(compared, differences, open);
  }

  public boolean same() {
    return differences.isEmpty();
  }

  /**
   * Lines with more values than have groups of their own: which values those are the beginning of
   * the log decides, which may be gone. They are compared over all groups.
   */
  private static Set<List<Object>> folded(Collection<Kept> ledger) {
    Set<List<Object>> folded = new HashSet<>();
    for (Kept kept : ledger) {
      if (kept.group().equals(Group.OTHER)) {
        folded.add(owner(kept.slo(), kept.line()));
      }
    }
    return folded;
  }

  private static SliceKey minute(SliceKey key, Set<List<Object>> folded) {
    String group = folded.contains(owner(key.slo(), key.line())) ? Group.ALL : key.group();
    long start = Slices.floor(key.start(), Slices.LEDGER_SECONDS);
    return new SliceKey(key.slo(), key.line(), key.region(), group, start);
  }

  private static List<Object> owner(SloId slo, long line) {
    return List.of(slo, line);
  }

  private static String difference(SliceKey key, SliceValue log, SliceValue ledger) {
    return "%s line %d in %s%s at %s: log %s, ledger %s"
        .formatted(
            key.slo(),
            key.line(),
            key.region(),
            key.group().isEmpty() ? "" : ", group " + key.group(),
            Instant.ofEpochSecond(key.start()),
            log,
            ledger);
  }
}
