// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values of all shapes that the protocol allows. */
final class RandomValues {

  private final Random random;

  RandomValues(Random random) {
    this.random = random;
  }

  UnknownFieldSet unknown() {
    UnknownFieldSet nested =
        UnknownFieldSet.newBuilder()
            .addField(3, UnknownFieldSet.Field.newBuilder().addVarint(random.nextLong()).build())
            .build();
    UnknownFieldSet.Field field =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(random.nextLong())
            .addFixed32(7)
            .addFixed64(8)
            .addLengthDelimited(bytes(5))
            .addGroup(nested)
            .build();
    return UnknownFieldSet.newBuilder().addField(900, field).build();
  }

  List<KeyValue> attributes(int most) {
    List<KeyValue> list = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      list.add(keyValue("key" + random.nextInt(50), value(3)));
    }
    return list;
  }

  static KeyValue keyValue(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value).build();
  }

  private AnyValue.Builder value(int depth) {
    AnyValue.Builder value = AnyValue.newBuilder();
    return switch (random.nextInt(depth == 0 ? 6 : 8)) {
      case 0 -> value;
      case 1 -> value.setStringValue(text());
      case 2 -> value.setBoolValue(random.nextBoolean());
      case 3 -> value.setIntValue(random.nextLong());
      case 4 -> value.setDoubleValue(random.nextGaussian());
      case 5 -> value.setBytesValue(bytes(random.nextInt(9)));
      case 6 -> value.setArrayValue(ArrayValue.newBuilder().addValues(value(depth - 1)));
      default -> value.setKvlistValue(KeyValueList.newBuilder().addAllValues(nested(depth - 1)));
    };
  }

  private List<KeyValue> nested(int depth) {
    return List.of(keyValue("a", value(depth)), keyValue("b", value(depth)));
  }

  ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }

  String text() {
    return "x".repeat(random.nextInt(4)) + (random.nextInt(4) == 0 ? "é漢😀" : "");
  }
}
