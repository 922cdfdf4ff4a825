// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireWriter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;

/**
 * A measurement with the trace that it was made in.
 *
 * @param bits of its double
 * @param millis time, since 1970
 */
record Exemplar(SortedMap<String, String> labels, long bits, long millis) {

  private static final String TRACE_ID = "trace_id";
  private static final String SPAN_ID = "span_id";
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  /** An OTLP {@code Exemplar}. What is no id stays an attribute. */
  WireWriter otlp() {
    WireWriter exemplar = new WireWriter().fixed64(2, Points.nanos(millis)).fixed64(3, bits);
    for (Map.Entry<String, String> label : labels.entrySet()) {
      byte[] id = id(label.getKey(), label.getValue());
      if (id.length == 0) {
        exemplar.message(7, Points.attribute(label.getKey(), label.getValue()));
      } else {
        exemplar.bytes(label.getKey().equals(TRACE_ID) ? 5 : 4, id);
      }
    }
    return exemplar;
  }

  private static byte[] id(String name, String value) {
    int bytes =
        switch (name) {
          case TRACE_ID -> TRACE_ID_BYTES;
          case SPAN_ID -> SPAN_ID_BYTES;
          default -> 0;
        };
    if (bytes == 0 || value.length() != 2 * bytes) {
      return new byte[0];
    }
    try {
      return HexFormat.of().parseHex(value);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }
}
