// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds the stored points against those that the shop logged.
 *
 * @param killed a process of the platform was killed on purpose: more exports may end unknown
 */
public record PointCheck(PointLog log, StoredPoints stored, boolean killed) {

  /** Points of acknowledged exports that the store lacks. */
  public long lost() {
    return log.points().values().stream()
        .filter(point -> log.acknowledged(point) && !stored.keys().contains(point.key()))
        .count();
  }

  /** Rows beyond the first of a point. */
  public long duplicated() {
    return stored.rows() - stored.keys().size();
  }

  /** Broken promises, one line each. */
  public List<String> broken() {
    List<String> broken = new ArrayList<>();
    if (lost() > 0) {
      broken.add("1 acknowledged is kept: " + lost() + " acknowledged points are not in the store");
    }
    if (duplicated() > 0) {
      broken.add("2 counted once: " + duplicated() + " rows of points are in the store twice");
    }
    Set<String> foreign = new HashSet<>(stored.keys());
    foreign.removeAll(log.points().keySet());
    if (!foreign.isEmpty()) {
      broken.add("2 counted once: " + foreign.size() + " stored points were never sent");
    }
    changed(broken);
    torn(broken);
    long unknown = log.points().size() - log.acknowledgedPoints();
    int percent = killed ? 10 : 2;
    if (unknown * 100 > (long) log.points().size() * percent) {
      broken.add("the run: " + unknown + " points of unknown outcome, over " + percent + " %");
    }
    return broken;
  }

  private void changed(List<String> broken) {
    List<SentPoint> changed =
        log.points().values().stream()
            .filter(point -> stored.keys().contains(point.key()) && !stored.says(point))
            .toList();
    if (!changed.isEmpty()) {
      SentPoint one = changed.getFirst();
      broken.add(
          "1 acknowledged is kept: %d points say something else in the store; %s is %s, sent was %s"
              .formatted(
                  changed.size(), one.key(), stored.texts().get(one.key()), one.measured().text()));
    }
  }

  private void torn(List<String> broken) {
    Set<String> wholly = new HashSet<>();
    Set<String> partly = new HashSet<>();
    for (SentPoint point : log.points().values()) {
      (stored.keys().contains(point.key()) ? wholly : partly).add(point.export());
    }
    wholly.retainAll(partly);
    if (!wholly.isEmpty()) {
      broken.add("1 acknowledged is kept: %d exports are stored in part".formatted(wholly.size()));
    }
  }
}
