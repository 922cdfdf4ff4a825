// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.AnchoredRegex;
import dev.nines.objectives.AttributeMatcher;
import dev.nines.telemetry.AttributeList;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SpanView;
import java.util.Arrays;
import java.util.function.Predicate;

/** An {@link AttributeMatcher} over the wire form. */
final class MatcherTest implements SpanTest, PointTest {

  private static final byte[] MISSING = {};

  private final byte[] key;
  private final Predicate<byte[]> holds;

  MatcherTest(AttributeMatcher matcher) {
    this.key = matcher.key().getBytes(UTF_8);
    byte[] value = matcher.value().getBytes(UTF_8);
    this.holds =
        switch (matcher.operator()) {
          case EQUAL -> text -> Arrays.equals(text, value);
          case NOT_EQUAL -> text -> !Arrays.equals(text, value);
          case MATCH -> AnchoredRegex.of(matcher.value());
          case NOT_MATCH -> AnchoredRegex.of(matcher.value()).negate();
        };
  }

  @Override
  public boolean test(SpanView span) {
    return holds.test(text(span.attributes(), span.resourceAttributes()));
  }

  @Override
  public boolean test(PointView point) {
    return holds.test(text(point.attributes(), point.metric().resourceAttributes()));
  }

  private byte[] text(AttributeList own, AttributeList ofResource) {
    int index = own.find(key);
    if (index >= 0) {
      return text(own, index);
    }
    int inResource = ofResource.find(key);
    return inResource >= 0 ? text(ofResource, inResource) : MISSING;
  }

  private static byte[] text(AttributeList list, int index) {
    return list.type(index) == AttributeList.Type.STRING
        ? list.text(index).bytes()
        : list.display(index).getBytes(UTF_8);
  }
}
