// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Arrays;

/**
 * Keys and values of a list of OTLP {@code KeyValue}, in wire order, reused from span to span. A
 * value is kept as its type and, for texts and bytes, a slice; for the rest, 64 bits.
 */
public final class AttributeList {

  /** The kinds of OTLP {@code AnyValue}; arrays and key-value lists stay as their wire bytes. */
  public enum Type {
    EMPTY(0),
    STRING(1),
    BOOL(2),
    INT(3),
    DOUBLE(4),
    BYTES(7),
    ARRAY(5),
    KEY_VALUES(6);

    private final int field;

    Type(int field) {
      this.field = field;
    }

    /** Field number in {@code AnyValue}, 0 for none: it enters hashes that may never change. */
    int field() {
      return field;
    }
  }

  private final SliceList keys = new SliceList();
  private final SliceList texts = new SliceList();
  private Type[] types = new Type[16];
  private long[] bits = new long[16];

  /** Adds an entry with an empty key and no value, for the caller to set. */
  int add() {
    int index = keys.size();
    if (index == types.length) {
      types = Arrays.copyOf(types, index * 2);
      bits = Arrays.copyOf(bits, index * 2);
    }
    keys.add().clear();
    texts.add().clear();
    set(index, Type.EMPTY, 0);
    return index;
  }

  void set(int index, Type type, long value) {
    types[index] = type;
    bits[index] = value;
  }

  void clear() {
    keys.clear();
    texts.clear();
  }

  public int size() {
    return keys.size();
  }

  public Slice key(int index) {
    return keys.get(index);
  }

  public Type type(int index) {
    return types[index];
  }

  /** The slice of a text, of bytes, or of the wire form of an array or list. */
  public Slice text(int index) {
    return texts.get(index);
  }

  /** An int, the raw bits of a double, or 0 and 1 for a boolean. */
  public long bits(int index) {
    return bits[index];
  }

  /** Index of the first entry with this UTF-8 key, or -1. */
  public int find(byte[] key) {
    for (int i = 0; i < size(); i++) {
      if (key(i).contentEquals(key)) {
        return i;
      }
    }
    return -1;
  }

  /** The value as people write it: 5, true, 0.25, text; bytes as base64, lists as JSON. */
  public String display(int index) {
    return AttributeText.of(type(index), text(index), bits(index));
  }
}
