// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.Group;
import dev.nines.telemetry.AttributeList;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.Slice;
import dev.nines.telemetry.SpanView;
import java.util.Optional;

/**
 * Finds an event's value of the grouping attribute: of the span or point, or else of its resource.
 * Texts are not copied; what is no text, number or boolean is no value.
 */
final class Grouping {

  /** More than a group's name can have; a client's megabyte is not looked at further. */
  private static final int BYTES_MAX = 4 * Group.CHARACTERS_MAX;

  private final byte[] key;
  private final Slice nothing = new Slice();

  private Grouping(String attribute) {
    this.key = attribute.getBytes(UTF_8);
  }

  static Optional<Grouping> of(String attribute) {
    return attribute.isEmpty() ? Optional.empty() : Optional.of(new Grouping(attribute));
  }

  /** As the client wrote it, and empty without one; valid until the walk goes on. */
  Slice raw(SpanView span) {
    return raw(span.attributes(), span.resourceAttributes());
  }

  String group(PointView point) {
    return name(raw(point.attributes(), point.metric().resourceAttributes()));
  }

  /** What counts call the group of a raw value. */
  static String name(Slice raw) {
    return Group.of(raw.utf8());
  }

  private Slice raw(AttributeList own, AttributeList ofResource) {
    int index = own.find(key);
    if (index >= 0) {
      return raw(own, index);
    }
    int inResource = ofResource.find(key);
    return inResource >= 0 ? raw(ofResource, inResource) : nothing;
  }

  private Slice raw(AttributeList list, int index) {
    return switch (list.type(index)) {
      case STRING -> list.text(index).length() <= BYTES_MAX ? list.text(index) : cut(list, index);
      case BOOL, INT, DOUBLE -> {
        byte[] text = list.display(index).getBytes(UTF_8);
        yield slice(text, 0, text.length);
      }
      case EMPTY, BYTES, ARRAY, KEY_VALUES -> nothing;
    };
  }

  private static Slice cut(AttributeList list, int index) {
    return slice(list.text(index).array(), list.text(index).offset(), BYTES_MAX);
  }

  private static Slice slice(byte[] array, int offset, int length) {
    Slice slice = new Slice();
    slice.set(array, offset, length);
    return slice;
  }
}
