// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.overload;

import dev.nines.benchmarks.load.SpanBatch;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the store to what was acknowledged: each batch whole and once, and none but those sent. */
final class Stored {

  /** Spans of the first instance, which bears the name: one in ten, and the last two of a batch. */
  private static final int NAMED_SPANS = Math.ceilDiv(SpanBatch.SPANS, 10);

  private static final String NAMED =
      "SELECT resource['service.instance.id'] AS name, count() FROM spans"
          + " WHERE tenant = 'default' AND service = 'service-0' GROUP BY name";

  private static final String ALL =
      "SELECT count() FROM spans WHERE tenant = 'default' AND service LIKE 'service-%'";

  private final Set<String> acknowledged = new HashSet<>();
  private final Set<String> offered = new HashSet<>();

  void add(List<Shot> shots) {
    for (Shot shot : shots) {
      offered.add(shot.name());
      if (shot.acknowledged()) {
        acknowledged.add(shot.name());
      }
    }
  }

  int acknowledgedBatches() {
    return acknowledged.size();
  }

  /** A line for each way in which the store is wrong. */
  List<String> broken(Store store) throws IOException {
    Map<String, Long> found = new HashMap<>();
    for (List<String> row : store.query(NAMED)) {
      found.put(row.get(0), Long.valueOf(row.get(1)));
    }
    long lost = acknowledged.stream().filter(name -> !found.containsKey(name)).count();
    long unsent = found.keySet().stream().filter(name -> !offered.contains(name)).count();
    long notWhole = found.values().stream().filter(spans -> spans != NAMED_SPANS).count();
    long spans = Long.parseLong(store.query(ALL).getFirst().getFirst());
    List<String> broken = new ArrayList<>();
    add(broken, lost, "acknowledged batches are not stored");
    add(broken, unsent, "stored batches were not sent");
    add(broken, notWhole, "batches are stored in part, or twice");
    add(broken, spans - (long) found.size() * SpanBatch.SPANS, "spans too many");
    return broken;
  }

  private static void add(List<String> broken, long count, String what) {
    if (count != 0) {
      broken.add(count + " " + what);
    }
  }
}
