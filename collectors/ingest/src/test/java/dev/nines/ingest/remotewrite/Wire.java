// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Messages of remote write by protobuf's own writer, from the numbers of the published files. */
public final class Wire {

  private Wire() {}

  public interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  public static byte[] message(Fields... fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      for (Fields each : fields) {
        each.write(out);
      }
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static Fields nested(int field, Fields... fields) {
    return out -> out.writeByteArray(field, message(fields));
  }

  public static Fields label(String name, String value) {
    return nested(1, out -> out.writeString(1, name), out -> out.writeString(2, value));
  }

  public static Fields sample(double value, long millis) {
    return sample(Double.doubleToRawLongBits(value), millis, 0);
  }

  public static Fields sample(long bits, long millis, long startMillis) {
    return nested(
        2,
        out -> out.writeFixed64(1, bits),
        out -> out.writeInt64(2, millis),
        out -> out.writeInt64(3, startMillis));
  }

  /** Of version 1; the labels of version 2 are references. */
  public static Fields exemplar(double value, long millis, Fields... labels) {
    return nested(
        3,
        out -> {
          for (Fields label : labels) {
            label.write(out);
          }
        },
        out -> out.writeDouble(2, value),
        out -> out.writeInt64(3, millis));
  }

  /** A series of version 1. */
  public static Fields series(Fields... fields) {
    return nested(1, fields);
  }

  /** Buckets by index as spans and differences, with each gap in a span of its own. */
  public static Fields buckets(int spanField, int deltaField, Map<Integer, Long> counts) {
    List<int[]> spans = new ArrayList<>();
    List<Long> deltas = new ArrayList<>();
    int end = 0;
    long before = 0;
    for (Map.Entry<Integer, Long> bucket : counts.entrySet()) {
      int index = bucket.getKey();
      if (spans.isEmpty() || index != end) {
        spans.add(new int[] {spans.isEmpty() ? index : index - end, 0});
      }
      spans.getLast()[1]++;
      end = index + 1;
      deltas.add(bucket.getValue() - before);
      before = bucket.getValue();
    }
    return out -> {
      for (int[] span : spans) {
        nested(spanField, o -> o.writeSInt32(1, span[0]), o -> o.writeUInt32(2, span[1]))
            .write(out);
      }
      out.writeByteArray(
          deltaField,
          message(
              o -> {
                for (long delta : deltas) {
                  o.writeSInt64NoTag(delta);
                }
              }));
    };
  }

  public static Fields doubles(int field, double... values) {
    return out ->
        out.writeByteArray(
            field,
            message(
                o -> {
                  for (double value : values) {
                    o.writeDoubleNoTag(value);
                  }
                }));
  }
}
