// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.series;

import com.dynatrace.hash4j.distinctcount.HyperLogLog;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.nines.telemetry.AttributeList;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.Slice;
import java.util.HashMap;
import java.util.Map;

/** About how many values each label of a metric has. */
final class LabelValues {

  /** Further labels of a metric are not followed. */
  private static final int LABELS_MAX = 64;

  /** Longer keys are not followed, and of longer values the beginning and the length count. */
  private static final int BYTES_MAX = 200;

  /** 256 registers: within 7 %, in under 200 bytes. */
  private static final int PRECISION = 8;

  private final Map<String, HyperLogLog> values = new HashMap<>();

  /** A label and about how many values it has. */
  record Widest(String label, long values) {
    static final Widest NONE = new Widest("", 0);
  }

  /** Notes the attributes of a series and of its resource. */
  void add(PointView point) {
    add(point.metric().resourceAttributes());
    add(point.attributes());
  }

  private void add(AttributeList attributes) {
    for (int i = 0; i < Math.min(attributes.size(), LABELS_MAX); i++) {
      if (attributes.key(i).length() <= BYTES_MAX) {
        String label = attributes.key(i).utf8();
        HyperLogLog seen = values.get(label);
        if (seen == null && values.size() < LABELS_MAX) {
          seen = HyperLogLog.create(PRECISION);
          values.put(label, seen);
        }
        if (seen != null) {
          seen.add(hash(attributes, i));
        }
      }
    }
  }

  private static long hash(AttributeList attributes, int index) {
    Slice text = attributes.text(index);
    int length = Math.min(text.length(), BYTES_MAX);
    long beginning = Hashing.xxh3_64().hashBytesToLong(text.array(), text.offset(), length);
    return beginning ^ (attributes.bits(index) + text.length()) * 0x9e3779b97f4a7c15L;
  }

  /** The label with most values. */
  Widest widest() {
    Widest widest = Widest.NONE;
    for (Map.Entry<String, HyperLogLog> label : values.entrySet()) {
      long count = Math.round(label.getValue().getDistinctCountEstimate());
      if (count > widest.values) {
        widest = new Widest(label.getKey(), count);
      }
    }
    return widest;
  }
}
