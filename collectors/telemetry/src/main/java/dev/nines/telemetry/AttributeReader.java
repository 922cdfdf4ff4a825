// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import dev.nines.telemetry.AttributeList.Type;

/** Reads OTLP {@code KeyValue} and {@code AnyValue}; nested lists are checked to the bottom. */
final class AttributeReader {

  /** Entries of one list; the SDK's default limit is 128. */
  static final int MAX_ENTRIES = 16_384;

  private final WireReader wire;
  private final Slice ignored = new Slice();

  AttributeReader(WireReader wire) {
    this.wire = wire;
  }

  /** Appends the KeyValue that the cursor stands before. */
  void read(AttributeList into) {
    bound(into.size());
    int index = into.add();
    int outer = wire.enter("attributes");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> wire.slice(into.key(index), "key");
        case 18 -> readValue(into, index);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  /** Checks a KeyValue without keeping it; {@code entries} came before it in its list. */
  void check(String field, int entries) {
    bound(entries);
    int outer = wire.enter(field);
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> wire.slice(ignored, "key");
        case 18 -> checkValue("value");
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void readValue(AttributeList into, int index) {
    int outer = wire.enter("value");
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 10 -> readText(into, index, Type.STRING);
        case 16 -> into.set(index, Type.BOOL, wire.varint() == 0 ? 0 : 1);
        case 24 -> into.set(index, Type.INT, wire.varint());
        case 33 -> into.set(index, Type.DOUBLE, wire.fixed64());
        case 42 -> readList(into, index, Type.ARRAY);
        case 50 -> readList(into, index, Type.KEY_VALUES);
        case 58 -> readText(into, index, Type.BYTES);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void readText(AttributeList into, int index, Type type) {
    wire.slice(into.text(index), "value");
    into.set(index, type, 0);
  }

  private void readList(AttributeList into, int index, Type type) {
    int start = wire.position();
    checkList(type);
    int end = wire.position();
    wire.rewind(start);
    wire.slice(into.text(index), "value");
    wire.rewind(end);
    into.set(index, type, 0);
  }

  private void bound(int entries) {
    if (entries >= MAX_ENTRIES) {
      throw wire.malformed("more than " + MAX_ENTRIES + " attributes", wire.position());
    }
  }

  private void checkValue(String field) {
    int outer = wire.enter(field);
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 42 -> checkList(Type.ARRAY);
        case 50 -> checkList(Type.KEY_VALUES);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
  }

  private void checkList(Type type) {
    int outer = wire.enter(type == Type.ARRAY ? "array_value" : "kvlist_value");
    int entries = 0;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag != 10) {
        wire.skip(tag);
      } else if (type == Type.ARRAY) {
        checkValue("values");
      } else {
        check("values", entries++);
      }
    }
    wire.leave(outer);
  }
}
