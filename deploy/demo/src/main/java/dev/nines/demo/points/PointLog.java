// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

import dev.nines.demo.truth.Batch;
import java.util.Map;

/**
 * What the shop says of its metrics.
 *
 * @param points every point handed to an exporter, by key
 * @param exports every export, by id
 */
public record PointLog(Map<String, SentPoint> points, Map<String, Batch> exports) {

  public boolean acknowledged(SentPoint point) {
    Batch export = exports.get(point.export());
    return export != null && export.acknowledged() != null;
  }

  public long acknowledgedPoints() {
    return points.values().stream().filter(this::acknowledged).count();
  }
}
