// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads the number under a cursor as protobuf's JSON form has it: bare or in a text. */
final class JsonNumber {

  private static final int MAX_CHARS = 400;
  private static final int MAX_DIGITS = 20;

  private final JsonParser json;

  /** What an integer type can hold. */
  enum Range {
    INT32(BigInteger.ONE.shiftLeft(31).negate(), BigInteger.ONE.shiftLeft(31)),
    UINT32(BigInteger.ZERO, BigInteger.ONE.shiftLeft(32)),
    INT64(BigInteger.ONE.shiftLeft(63).negate(), BigInteger.ONE.shiftLeft(63)),
    UINT64(BigInteger.ZERO, BigInteger.ONE.shiftLeft(64));

    private final BigInteger least;
    private final BigInteger end;

    Range(BigInteger least, BigInteger end) {
      this.least = least;
      this.end = end;
    }

    private boolean holds(BigInteger value) {
      return value.compareTo(least) >= 0 && value.compareTo(end) < 0;
    }

    private boolean holds(long value) {
      return switch (this) {
        case INT32 -> value == (int) value;
        case UINT32 -> value >>> 32 == 0;
        case INT64 -> true;
        case UINT64 -> value >= 0;
      };
    }
  }

  JsonNumber(JsonParser json) {
    this.json = json;
  }

  /** A whole number; an unsigned one over 2^63 keeps its bits. */
  long integer(Range range) throws IOException {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = json.getLongValue();
      if (range.holds(value)) {
        return value;
      }
    } else {
      BigDecimal value = decimal("is not a whole number");
      if (value.stripTrailingZeros().scale() <= 0
          && value.precision() - value.scale() <= MAX_DIGITS
          && range.holds(value.toBigIntegerExact())) {
        return value.toBigIntegerExact().longValue();
      }
    }
    throw JsonTranslation.malformed(json, "is not a whole number in the range of its type");
  }

  /** Enums are bare numbers: OTLP does not know their names. */
  int ordinal() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw JsonTranslation.malformed(json, "an enum is a number");
    }
    return (int) integer(Range.INT32);
  }

  double real() throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING
        ? switch (json.getText()) {
          case "NaN" -> Double.NaN;
          case "Infinity" -> Double.POSITIVE_INFINITY;
          case "-Infinity" -> Double.NEGATIVE_INFINITY;
          default -> finite();
        }
        : finite();
  }

  private double finite() throws IOException {
    decimal("is not a number"); // Java's own parser takes more than JSON has
    double value = Double.parseDouble(json.getText());
    if (Double.isInfinite(value)) {
      throw JsonTranslation.malformed(json, "is beyond the range of a double");
    }
    return value;
  }

  private BigDecimal decimal(String otherwise) throws IOException {
    JsonToken token = json.currentToken();
    boolean fits = token == JsonToken.VALUE_STRING || (token != null && token.isNumeric());
    if (fits && json.getTextLength() <= MAX_CHARS) {
      try {
        return new BigDecimal(json.getText());
      } catch (NumberFormatException e) {
        throw JsonTranslation.malformed(json, otherwise);
      }
    }
    throw JsonTranslation.malformed(json, otherwise);
  }
}
