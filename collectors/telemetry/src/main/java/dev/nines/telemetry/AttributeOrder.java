// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The order of attributes by the bytes of their keys; usual lists are sorted without objects. */
final class AttributeOrder {

  private static final int USUAL_ENTRIES = 64;

  private int[] sorted = new int[USUAL_ENTRIES];

  /** Indices of the list; the array is valid until the next call and may be longer. */
  int[] byKey(AttributeList list) {
    if (list.size() > USUAL_ENTRIES) {
      sorted = sortedAsObjects(list); // insertion would take quadratic time
      return sorted;
    }
    for (int i = 0; i < list.size(); i++) {
      int at = i;
      while (at > 0 && compare(list.key(sorted[at - 1]), list.key(i)) > 0) {
        sorted[at] = sorted[at - 1];
        at--;
      }
      sorted[at] = i;
    }
    return sorted;
  }

  private static int[] sortedAsObjects(AttributeList list) {
    Comparator<Integer> order = (left, right) -> compare(list.key(left), list.key(right));
    return IntStream.range(0, list.size()).boxed().sorted(order).mapToInt(i -> i).toArray();
  }

  private static int compare(Slice left, Slice right) {
    return Arrays.compareUnsigned(
        left.array(),
        left.offset(),
        left.offset() + left.length(),
        right.array(),
        right.offset(),
        right.offset() + right.length());
  }
}
