// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.extraction.OperationLimit.Names;
import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import dev.nines.transport.SumKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names RED rows as keys of pending sums: from the client's bytes to a key that is made once, and
 * not once a span. Belongs to one task.
 */
final class RollupKeys {

  /** Some minutes of slices of a thousand operations; all are forgotten at once then. */
  private static final int KEYS_MAX = 20_000;

  private static final int NAME_CHARS_MAX = 200;

  private final OperationLimit limit;
  private final Map<Origin, Map<Row, SumKey>> known = new HashMap<>();
  private int size;

  RollupKeys(OperationLimit limit) {
    this.limit = limit;
  }

  /** What the spans of one batch have in common. */
  record Origin(String tenant, String region) {}

  private record Row(Slice service, Slice operation, int kind, long sliceStartSeconds) {

    /** One that outlives its batch. */
    Row frozen() {
      return new Row(service.copy(), operation.copy(), kind, sliceStartSeconds);
    }
  }

  /** The row of an operation of a service in a slice. */
  SumKey of(Origin origin, SpanView span, long sliceStartSeconds) {
    Row row = new Row(span.serviceName(), span.name(), span.kind(), sliceStartSeconds);
    Map<Row, SumKey> ofOrigin = known.get(origin);
    SumKey key = ofOrigin == null ? null : ofOrigin.get(row);
    return key == null ? make(origin, row) : key;
  }

  /** One that the limit refused is asked for again each time: it counts. */
  private SumKey make(Origin origin, Row row) {
    String service = shortened(row.service().utf8());
    String operation = shortened(row.operation().utf8());
    Names names = limit.admit(origin.tenant(), service, operation);
    List<String> texts =
        List.of(
            origin.tenant(),
            origin.region(),
            names.service(),
            names.operation(),
            CompiledSlo.kindName(row.kind()));
    SumKey key = new SumKey(BatchRollups.KIND, texts, List.of(row.sliceStartSeconds()));
    boolean whole =
        service.length() < NAME_CHARS_MAX && operation.length() < NAME_CHARS_MAX; // bounds a row
    if (whole && names.equals(new Names(service, operation))) {
      keep(origin, row.frozen(), key);
    }
    return key;
  }

  private void keep(Origin origin, Row row, SumKey key) {
    if (size >= KEYS_MAX) {
      known.clear();
      size = 0;
    }
    known.computeIfAbsent(origin, o -> new HashMap<>()).put(row, key);
    size++;
  }

  private static String shortened(String name) {
    return name.length() <= NAME_CHARS_MAX ? name : name.substring(0, NAME_CHARS_MAX);
  }
}
