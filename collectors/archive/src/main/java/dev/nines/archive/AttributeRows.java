// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.telemetry.AttributeList;
import dev.nines.telemetry.Slice;
import dev.nines.warehouse.block.MapColumn;
import dev.nines.warehouse.block.StringColumn;

/** Writes attribute lists into map columns, as their displayed texts, without objects per value. */
final class AttributeRows {

  private static final byte[] TRUE = "true".getBytes(UTF_8);
  private static final byte[] FALSE = "false".getBytes(UTF_8);

  private AttributeRows() {}

  static void put(MapColumn column, AttributeList attributes) {
    for (int i = 0; i < attributes.size(); i++) {
      Slice key = attributes.key(i);
      column.keys().putFollowing(key.array(), key.offset(), key.length());
      putValue(column.values(), attributes, i);
    }
    column.endRow();
  }

  private static void putValue(StringColumn values, AttributeList attributes, int i) {
    switch (attributes.type(i)) {
      case STRING -> {
        Slice text = attributes.text(i);
        values.put(text.array(), text.offset(), text.length());
      }
      case BOOL -> {
        byte[] word = attributes.bits(i) == 0 ? FALSE : TRUE;
        values.put(word, 0, word.length);
      }
      case INT -> values.putNumber(attributes.bits(i));
      case EMPTY, DOUBLE, BYTES, ARRAY, KEY_VALUES -> values.put(attributes.display(i));
    }
  }
}
