// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.telemetry.AttributeList;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SpanView;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Compares one attribute, of the span or point or else of its resource; without it nothing matches.
 */
final class AttributeTest implements SpanTest, PointTest {

  private final byte[] key;
  private final Comparison comparison;
  private final String text;
  private final byte[] utf8;
  private final Optional<BigDecimal> number;

  AttributeTest(String key, Comparison comparison, String value) {
    this.key = key.getBytes(UTF_8);
    this.comparison = comparison;
    this.text = value;
    this.utf8 = value.getBytes(UTF_8);
    this.number = number(value);
  }

  @Override
  public boolean test(SpanView span) {
    return test(span.attributes(), span.resourceAttributes());
  }

  @Override
  public boolean test(PointView point) {
    return test(point.attributes(), point.metric().resourceAttributes());
  }

  private boolean test(AttributeList own, AttributeList ofResource) {
    int index = own.find(key);
    if (index >= 0) {
      return test(own, index);
    }
    int inResource = ofResource.find(key);
    return inResource >= 0 && test(ofResource, inResource);
  }

  private boolean test(AttributeList list, int index) {
    return switch (comparison) {
      case EQ -> displayed(list, index);
      case NE -> !displayed(list, index);
      case LT -> compared(list, index, -1, -1);
      case LE -> compared(list, index, -1, 0);
      case GT -> compared(list, index, 1, 1);
      case GE -> compared(list, index, 1, 0);
    };
  }

  private boolean displayed(AttributeList list, int index) {
    return list.type(index) == AttributeList.Type.STRING
        ? list.text(index).contentEquals(utf8)
        : list.display(index).equals(text);
  }

  private boolean compared(AttributeList list, int index, int wanted, int alsoWanted) {
    if (number.isEmpty()) {
      return false;
    }
    Optional<BigDecimal> value =
        switch (list.type(index)) {
          case INT -> Optional.of(BigDecimal.valueOf(list.bits(index)));
          case DOUBLE, STRING -> number(list.display(index));
          case EMPTY, BOOL, BYTES, ARRAY, KEY_VALUES -> Optional.empty();
        };
    if (value.isEmpty()) {
      return false;
    }
    int sign = value.get().compareTo(number.get());
    return sign == wanted || sign == alsoWanted;
  }

  /** Empty for a text that is no finite number, of which a client may send any. */
  private static Optional<BigDecimal> number(String text) {
    try {
      return text.length() > 40 ? Optional.empty() : Optional.of(new BigDecimal(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
