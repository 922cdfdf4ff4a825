// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.nines.ingest.OtlpFields.Field;
import dev.nines.telemetry.MalformedOtlp;
import dev.nines.telemetry.WireWriter;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One OTLP/JSON body on its way into protobuf form; fields are written in the order they came. */
final class JsonTranslation {

  private final JsonParser json;
  private final int maxBytes;
  private final Room room;
  private final WireWriter wire = new WireWriter();
  private final JsonNumber number;

  /**
   * @param maxBytes largest protobuf form
   */
  JsonTranslation(JsonParser json, int maxBytes, Room room) {
    this.json = json;
    this.maxBytes = maxBytes;
    this.room = room;
    number = new JsonNumber(json);
  }

  /**
   * @param message name of the request in the table of fields
   * @throws MalformedOtlp when the body is JSON but not OTLP, naming place and rule
   * @throws Room.None when there is no room for its form
   */
  byte[] request(String message) throws IOException {
    json.nextToken();
    message(OtlpFields.of(message));
    if (json.nextToken() != null) {
      throw malformed(json, "something follows the request");
    }
    return wire.toBytes();
  }

  /** An array that grows stands beside one of twice its size. */
  private void grown() {
    if (wire.size() > maxBytes) {
      throw new MalformedOtlp("its protobuf form is over " + maxBytes + " bytes");
    }
    room.need(3L * wire.size());
  }

  /** A rule that the value under the cursor breaks. */
  static MalformedOtlp malformed(JsonParser json, String rule) {
    return new MalformedOtlp(
        json.getParsingContext().pathAsPointer() + ": " + rule + at(json.currentTokenLocation()));
  }

  /** Null where the parser does not say: at its own limits. */
  static String at(@Nullable JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private void message(OtlpFields fields) throws IOException {
    expect(JsonToken.START_OBJECT, "is not an object");
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Field field = fields.find(json.currentName());
      JsonToken value = json.nextToken();
      if (field == null) {
        json.skipChildren();
      } else if (value != JsonToken.VALUE_NULL) { // null is the default value
        field(field);
        grown();
      }
    }
  }

  private void field(Field field) throws IOException {
    if (!field.repeated()) {
      value(field);
      return;
    }
    expect(JsonToken.START_ARRAY, "is not an array");
    switch (field.type()) {
      case FIXED64, UINT64, DOUBLE -> packed(field);
      default -> {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          value(field);
        }
      }
    }
  }

  private void packed(Field field) throws IOException {
    int start = wire.open(field.number());
    while (json.nextToken() != JsonToken.END_ARRAY) {
      switch (field.type()) {
        case FIXED64 -> wire.rawFixed64(number.integer(JsonNumber.Range.UINT64));
        case UINT64 -> wire.rawVarint(number.integer(JsonNumber.Range.UINT64));
        default -> wire.rawFixed64(Double.doubleToRawLongBits(number.real()));
      }
      grown();
    }
    wire.close(start);
  }

  private void value(Field field) throws IOException {
    int at = field.number();
    switch (field.type()) {
      case MESSAGE -> {
        int start = wire.open(at);
        message(OtlpFields.of(field.message()));
        wire.close(start);
      }
      case STRING -> wire.text(at, text("is not a text"));
      case BYTES -> wire.bytes(at, base64());
      case HEX -> wire.bytes(at, hex());
      case BOOL -> wire.varint(at, bool() ? 1 : 0);
      case ENUM -> wire.varint(at, number.ordinal());
      case UINT32 -> wire.varint(at, number.integer(JsonNumber.Range.UINT32));
      case FIXED32 -> wire.fixed32(at, (int) number.integer(JsonNumber.Range.UINT32));
      case SINT32 -> wire.varint(at, zigzag((int) number.integer(JsonNumber.Range.INT32)));
      case INT64 -> wire.varint(at, number.integer(JsonNumber.Range.INT64));
      case UINT64 -> wire.varint(at, number.integer(JsonNumber.Range.UINT64));
      case FIXED64 -> wire.fixed64(at, number.integer(JsonNumber.Range.UINT64));
      case SFIXED64 -> wire.fixed64(at, number.integer(JsonNumber.Range.INT64));
      case DOUBLE -> wire.fixed64(at, Double.doubleToRawLongBits(number.real()));
    }
  }

  private static long zigzag(int value) {
    return Integer.toUnsignedLong((value << 1) ^ (value >> 31));
  }

  private boolean bool() {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw malformed(json, "is neither true nor false");
    };
  }

  private String text(String otherwise) throws IOException {
    expect(JsonToken.VALUE_STRING, otherwise);
    return json.getText();
  }

  /** In either alphabet, padded or not, as protobuf's JSON form allows. */
  private byte[] base64() throws IOException {
    String text = text("is not base64").replace('-', '+').replace('_', '/');
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw malformed(json, "is not base64");
    }
  }

  private byte[] hex() throws IOException {
    String text = text("is not a hex text");
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      throw malformed(json, "is not a hex text");
    }
  }

  private void expect(JsonToken wanted, String otherwise) {
    if (json.currentToken() != wanted) {
      throw malformed(json, otherwise);
    }
  }
}
