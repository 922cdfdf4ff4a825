// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What the partitions of the regions hold back; a lane keeps its order, and has its own pace. */
final class Lanes {

  private final Map<String, Deque<Runnable>> waiting = new TreeMap<>();
  private final Random random;
  int speed = Integer.MAX_VALUE;

  Lanes(Random random) {
    this.random = random;
  }

  Random random() {
    return random;
  }

  void add(String lane, Runnable record) {
    if (speed == Integer.MAX_VALUE) {
      record.run();
    } else {
      waiting.computeIfAbsent(lane, l -> new ArrayDeque<>()).add(record);
    }
  }

  void deliver() {
    for (Deque<Runnable> lane : waiting.values()) {
      int records = speed == 0 ? 0 : 1 + random.nextInt(speed);
      for (int i = 0; i < records && !lane.isEmpty(); i++) {
        lane.remove().run();
      }
    }
  }
}
