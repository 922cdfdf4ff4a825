// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireReader;
import dev.nines.telemetry.WireWriter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A measurement with the trace that it was made in; used again for the next one. */
final class ExemplarReader {

  private static final int LABELS = 1 << 3 | 2;
  private static final int LABEL_REFERENCE = 1 << 3; // unpacked

  /** Far over the 128 characters that Prometheus takes. */
  private static final int LABELS_MAX = 64;

  private static final int LABEL_BYTES_MAX = 4 << 10;

  private static final Invalid WITHOUT_TIME = Times.without("an exemplar");

  private static final byte[] TRACE_ID = Text.ascii("trace_id");
  private static final byte[] SPAN_ID = Text.ascii("span_id");
  private static final int TRACE_ID_BYTES = 16;
  private static final int SPAN_ID_BYTES = 8;

  private final WireReader wire;
  private final byte[] body;
  private final LabelReader reader;
  private final Labels labels;
  private long bits;
  private long timeNanos;

  ExemplarReader(WireReader wire, byte[] body, LabelReader reader) {
    this.wire = wire;
    this.body = body;
    this.reader = reader;
    this.labels = new Labels(body, LABELS_MAX, LABEL_BYTES_MAX);
  }

  /**
   * The open message of an exemplar; the cursor is behind it, also when a rule is broken.
   *
   * @throws Invalid when it cannot be kept
   */
  void read(Version version) {
    labels.clear();
    bits = 0;
    long millis = 0;
    int outer = wire.enter("exemplars");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case LABELS -> reader.read(labels, version);
        case 17 -> bits = wire.fixed64();
        case 24 -> millis = wire.varint();
        case LABEL_REFERENCE -> reference(version);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    timeNanos = Times.nanos(millis, WITHOUT_TIME);
    labels.check();
  }

  private void reference(Version version) {
    if (version == Version.V2) {
      reader.reference(labels);
    } else {
      wire.varint();
    }
  }

  long timeNanos() {
    return timeNanos;
  }

  /** An OTLP {@code Exemplar}. What is no id stays an attribute. */
  void write(WireWriter out, int field) {
    int exemplar = out.open(field);
    out.fixed64(2, timeNanos).fixed64(3, bits);
    for (int i = 0; i < labels.count(); i++) {
      byte[] traceId = id(i, TRACE_ID, TRACE_ID_BYTES);
      byte[] spanId = id(i, SPAN_ID, SPAN_ID_BYTES);
      if (traceId != null) {
        out.bytes(5, traceId);
      } else if (spanId != null) {
        out.bytes(4, spanId);
      } else {
        labels.writeAttribute(out, 7, i);
      }
    }
    out.close(exemplar);
  }

  private byte @Nullable [] id(int label, byte[] name, int bytes) {
    long value = labels.valueAt(label);
    if (!Text.is(body, labels.nameAt(label), name) || Text.length(value) != 2 * bytes) {
      return null;
    }
    byte[] id = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      int high = digit(body[Text.offset(value) + 2 * i]);
      int low = digit(body[Text.offset(value) + 2 * i + 1]);
      if ((high | low) < 0) {
        return null;
      }
      id[i] = (byte) (high << 4 | low);
    }
    return id;
  }

  private static int digit(byte character) {
    return HexFormat.isHexDigit(character) ? HexFormat.fromHexDigit(character) : -1;
  }
}
