// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the first pass over a body found: of its items, in wire order, those that are rejected. */
final class Checked {

  private final BitSet unsound = new BitSet();
  private final BitSet omitted = new BitSet();
  private final Map<Defect, Integer> rejected = new EnumMap<>(Defect.class);
  private int items;

  /** A data point; of a sound one it is asked whether it is taken. */
  void add(PointView point, Predicate<PointView> taken) {
    @Nullable Defect defect = PointCheck.defect(point);
    add(point.index(), defect);
    if (defect == null && !taken.test(point)) {
      omitted.set((int) point.index());
      reject(Defect.SERIES_LIMIT);
    }
  }

  void add(long index, @Nullable Defect defect) {
    items++;
    if (defect != null) {
      unsound.set((int) index);
      reject(defect);
    }
  }

  void reject(Defect defect) {
    rejected.merge(defect, 1, Integer::sum);
  }

  int items() {
    return items;
  }

  /** Not to be seen by anyone: no part has room for it. */
  boolean isUnsound(int index) {
    return unsound.get(index);
  }

  /** Sound, and not taken: it has its room in a part and is not in it. */
  boolean isOmitted(int index) {
    return omitted.get(index);
  }

  Map<Defect, Integer> rejected() {
    return rejected;
  }
}
