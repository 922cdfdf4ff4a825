// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.remotewrite;

import dev.nines.telemetry.WireWriter;
import java.util.Arrays;

/**
 * The labels of one series or exemplar: views of the body, used again for the next. A label with an
 * empty value is none, as in Prometheus.
 */
final class Labels {

  private final byte[] body;
  private final int labelsMax;
  private final int bytesMax;
  private final long[] names;
  private final long[] values;
  private final Integer[] byName;
  private final String tooMany;
  private final String tooLong;
  private int size;
  private int kept;
  private int bytes;
  private long pending = Text.NONE;
  private boolean half;
  private boolean broken;

  /**
   * @param bytesMax of names and values together
   */
  Labels(byte[] body, int labelsMax, int bytesMax) {
    this.body = body;
    this.labelsMax = labelsMax;
    this.bytesMax = bytesMax;
    this.names = new long[labelsMax];
    this.values = new long[labelsMax];
    this.byName = new Integer[labelsMax];
    this.tooMany = "over " + labelsMax + " labels";
    this.tooLong = "labels of over " + bytesMax + " bytes";
  }

  void clear() {
    size = 0;
    bytes = 0;
    half = false;
    broken = false;
  }

  /** A name or, the next time, its value. */
  void add(long text) {
    broken |= text == Text.NONE;
    if (half) {
      put(pending, text);
    }
    pending = text;
    half = !half;
  }

  private void put(long labelName, long value) {
    bytes = (int) Math.min(Integer.MAX_VALUE, (long) bytes + length(labelName) + length(value));
    if (size < labelsMax) {
      names[size] = labelName;
      values[size] = value;
    }
    size++;
  }

  private static int length(long text) {
    return text == Text.NONE ? 0 : Text.length(text);
  }

  /**
   * Sorts the labels by name, as senders must and some do not.
   *
   * @throws Invalid when they are none
   */
  void check() {
    require(!broken, "a label that refers to no symbol, or is no UTF-8");
    require(!half, "a label without a value");
    require(size <= labelsMax, tooMany);
    require(bytes <= bytesMax, tooLong);
    sort();
    kept = 0;
    for (int i = 0; i < size; i++) {
      keep(i);
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new Invalid(Invalid.Reason.LABELS, rule);
    }
  }

  private void sort() {
    boolean sorted = true;
    for (int i = 0; i < size; i++) {
      byName[i] = i;
      sorted &= i == 0 || Text.compare(body, names[i - 1], names[i]) < 0;
    }
    if (!sorted) {
      Arrays.sort(byName, 0, size, (a, b) -> Text.compare(body, names[a], names[b]));
    }
  }

  private void keep(int place) {
    long labelName = names[byName[place]];
    long value = values[byName[place]];
    require(Text.length(labelName) > 0, "a label without a name");
    require(
        place == 0 || Text.compare(body, names[byName[place - 1]], labelName) != 0,
        "a label twice");
    if (Text.length(value) == 0) {
      return;
    }
    byName[kept++] = byName[place]; // never behind the one that is compared next
  }

  /** Value of a label; {@link Text#EMPTY} where it is none. */
  long find(byte[] label) {
    for (int i = 0; i < kept; i++) {
      if (Text.is(body, nameAt(i), label)) {
        return valueAt(i);
      }
    }
    return Text.EMPTY;
  }

  int count() {
    return kept;
  }

  long nameAt(int index) {
    return names[byName[index]];
  }

  long valueAt(int index) {
    return values[byName[index]];
  }

  /** An OTLP {@code KeyValue}. */
  void writeAttribute(WireWriter out, int field, int index) {
    long label = nameAt(index);
    int attribute = out.open(field);
    out.bytes(1, body, Text.offset(label), Text.length(label));
    writeText(out, 2, valueAt(index));
    out.close(attribute);
  }

  /** An OTLP {@code AnyValue} of a text. */
  void writeText(WireWriter out, int field, long text) {
    int any = out.open(field);
    out.bytes(1, body, Text.offset(text), Text.length(text));
    out.close(any);
  }
}
