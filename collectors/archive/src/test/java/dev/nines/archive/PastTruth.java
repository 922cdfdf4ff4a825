// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.archive.PastPoints.Export;
import dev.nines.archive.PastPoints.Habit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What exports add, found by looking through all that came before each, and without a class of the
 * engine: good, total and uncertain events by slice, region and group, as decision 17 says. Clocks
 * that are ahead are left out.
 */
final class PastTruth {

  private static final long DAY = 86_400_000L;
  private static final long HOUR = 3_600_000L;

  private final List<Export> counted = new ArrayList<>();

  PastTruth(List<Export> exports) {
    Map<String, Long> seen = new HashMap<>();
    for (Export export : exports) {
      String body = export.pod() + export.time() + export.region();
      Long before = seen.get(body);
      boolean repeat = before != null && export.appended() - before <= HOUR;
      if (!repeat) {
        seen.put(body, export.appended());
        if (!export.odd() && export.habit() != Habit.AHEAD) {
          counted.add(export);
        }
      }
    }
  }

  /** Failed orders among all. */
  Map<String, long[]> failed(boolean grouped) {
    return sums(
        grouped,
        (before, now) -> {
          long total = added(before == null ? 0 : before.total(), now.total());
          long failed = added(before == null ? 0 : before.failed(), now.failed());
          return new long[] {total - failed, total, 0};
        });
  }

  /** Those of at most 0.25 s. */
  Map<String, long[]> quick(boolean grouped) {
    return sums(grouped, PastTruth::quick);
  }

  private interface Added {
    /** Good, total and uncertain. */
    long[] of(Export before, Export now);
  }

  private static long added(long before, long now) {
    return now < before ? now : now - before;
  }

  private static long[] quick(Export before, Export now) {
    long[] buckets = now.buckets().clone();
    long total = Arrays.stream(buckets).sum();
    if (before != null && !before.bounds().equals(now.bounds())) {
      long added = total - Arrays.stream(before.buckets()).sum();
      if (added >= 0) {
        return new long[] {0, added, added};
      }
    } else if (before != null && !fell(before.buckets(), buckets)) {
      for (int i = 0; i < buckets.length; i++) {
        buckets[i] -= before.buckets()[i];
      }
      total = Arrays.stream(buckets).sum();
    }
    boolean exact = now.bounds().equals(PastPoints.EXACT);
    return new long[] {buckets[0] + (exact ? buckets[1] : 0), total, exact ? 0 : buckets[1]};
  }

  private static boolean fell(long[] before, long[] now) {
    for (int i = 0; i < now.length; i++) {
      if (now[i] < before[i]) {
        return true;
      }
    }
    return false;
  }

  private Map<String, long[]> sums(boolean grouped, Added added) {
    Map<String, long[]> sums = new TreeMap<>();
    Map<String, List<Export>> kept = new HashMap<>();
    for (Export export : counted) {
      List<Export> stream =
          kept.computeIfAbsent(export.pod() + ' ' + export.start(), name -> new ArrayList<>());
      Export last = stream.isEmpty() ? null : stream.getLast();
      boolean known = last != null && export.appended() - last.appended() <= DAY;
      if (export.delta()) {
        add(sums, grouped, export, added.of(null, export));
      } else if (!known) {
        long startMillis = export.start() / 1_000_000;
        boolean told = export.start() > 0 && export.start() < export.time();
        if (told && startMillis >= export.appended() - DAY / 2) {
          add(sums, grouped, export, added.of(null, export));
        }
        stream.add(export);
      } else if (export.time() > last.time()) {
        add(sums, grouped, export, added.of(last, export));
        stream.add(export);
      }
    }
    return sums;
  }

  private static void add(Map<String, long[]> sums, boolean grouped, Export export, long[] events) {
    long slice = export.time() / 10_000_000_000L * 10;
    String customer = export.customer().isEmpty() ? "__none__" : export.customer().strip();
    long[] sum =
        sums.computeIfAbsent(
            "%d %s %s".formatted(slice, export.region(), grouped ? customer : ""),
            key -> new long[3]);
    for (int i = 0; i < 3; i++) {
      sum[i] += events[i];
    }
  }
}
