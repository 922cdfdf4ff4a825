// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import java.util.Base64;

/** The value of an attribute as people write it. */
final class AttributeText {

  private AttributeText() {}

  static String of(AttributeList.Type type, Slice text, long bits) {
    return switch (type) {
      case EMPTY -> "";
      case STRING -> text.utf8();
      case BOOL -> Boolean.toString(bits != 0);
      case INT -> Long.toString(bits);
      case DOUBLE -> Double.toString(Double.longBitsToDouble(bits));
      case BYTES -> Base64.getEncoder().encodeToString(text.bytes());
      case ARRAY -> new AttributeJson(text).array();
      case KEY_VALUES -> new AttributeJson(text).object();
    };
  }
}
