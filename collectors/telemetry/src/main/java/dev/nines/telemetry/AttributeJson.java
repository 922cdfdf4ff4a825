// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Base64;

/**
 * Nested OTLP values as JSON: 64-bit integers as numbers, bytes as base64, an absent value as null,
 * doubles that JSON has no number for as texts.
 */
final class AttributeJson {

  private final WireReader wire = new WireReader();
  private final Slice text = new Slice();
  private final StringBuilder json = new StringBuilder();

  /** Reads the wire form of an ArrayValue or a KeyValueList. */
  AttributeJson(Slice list) {
    wire.reset(list.array(), list.offset(), list.length());
  }

  String array() {
    writeArray();
    return json.toString();
  }

  String object() {
    writeObject();
    return json.toString();
  }

  private void writeArray() {
    json.append('[');
    String separator = "";
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        json.append(separator);
        separator = ",";
        writeValue();
      } else {
        wire.skip(tag);
      }
    }
    json.append(']');
  }

  private void writeObject() {
    json.append('{');
    String separator = "";
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        json.append(separator);
        separator = ",";
        writeEntry();
      } else {
        wire.skip(tag);
      }
    }
    json.append('}');
  }

  /** The key may follow its value on the wire, so it is looked for first. */
  private void writeEntry() {
    int outer = wire.enter("values");
    int start = wire.position();
    text.clear();
    int valueAt = -1;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == 10) {
        wire.slice(text, "key");
      } else {
        valueAt = tag == 18 ? wire.position() : valueAt;
        wire.skip(tag);
      }
    }
    writeText(text.utf8());
    json.append(':');
    if (valueAt < 0) {
      json.append("null");
    } else {
      wire.rewind(Math.max(start, valueAt));
      writeValue();
    }
    wire.leave(outer);
  }

  private void writeValue() {
    int outer = wire.enter("value");
    int start = json.length();
    while (wire.more()) {
      int tag = wire.tag();
      int before = json.length();
      writeValue(tag);
      if (json.length() > before) {
        json.delete(start, before); // of a repeated field the last one counts
      }
    }
    if (json.length() == start) {
      json.append("null");
    }
    wire.leave(outer);
  }

  private void writeValue(int tag) {
    switch (tag) {
      case 10 -> {
        wire.slice(text, "value");
        writeText(text.utf8());
      }
      case 16 -> json.append(wire.varint() != 0);
      case 24 -> json.append(wire.varint());
      case 33 -> writeDouble(Double.longBitsToDouble(wire.fixed64()));
      case 42 -> writeNested(true);
      case 50 -> writeNested(false);
      case 58 -> {
        wire.slice(text, "value");
        writeText(Base64.getEncoder().encodeToString(text.bytes()));
      }
      default -> wire.skip(tag);
    }
  }

  private void writeNested(boolean array) {
    int outer = wire.enter("value");
    if (array) {
      writeArray();
    } else {
      writeObject();
    }
    wire.leave(outer);
  }

  private void writeDouble(double value) {
    if (Double.isFinite(value)) {
      json.append(value);
    } else {
      writeText(Double.toString(value));
    }
  }

  private void writeText(String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char next = value.charAt(i);
      if (next == '"' || next == '\\') {
        json.append('\\').append(next);
      } else if (next < ' ') {
        json.append("\\u%04x".formatted((int) next));
      } else {
        json.append(next);
      }
    }
    json.append('"');
  }
}
