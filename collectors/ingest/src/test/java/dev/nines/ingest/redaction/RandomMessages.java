// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.redaction;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.Random;
import java.util.function.Supplier;

/** Messages of any type with every field that it declares, texts from a given source. */
final class RandomMessages {

  private static final int DEPTH_MAX = 12;

  private final Random random;
  private final Supplier<String> texts;

  RandomMessages(Random random, Supplier<String> texts) {
    this.random = random;
    this.texts = texts;
  }

  Message fill(Message.Builder empty) {
    return fill(empty, 0);
  }

  private Message fill(Message.Builder message, int depth) {
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      boolean nested = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (nested && (depth == DEPTH_MAX || (depth > 1 && random.nextInt(3) == 0))) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = random.nextInt(depth < 6 ? 3 : 2); i > 0; i--) {
          message.addRepeatedField(field, value(message, field, depth));
        }
      } else if (nested || random.nextInt(4) > 0) {
        message.setField(field, value(message, field, depth));
      }
    }
    return message.build();
  }

  private Object value(Message.Builder message, FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextInt();
      case LONG -> integer();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextGaussian();
      case BOOLEAN -> random.nextBoolean();
      case STRING -> texts.get();
      case BYTE_STRING -> Oracle.isId(field) ? noise() : ByteString.copyFromUtf8(texts.get());
      case ENUM -> field.getEnumType().getValues().getFirst();
      case MESSAGE -> fill(message.newBuilderForField(field), depth + 1);
    };
  }

  private long integer() {
    return random.nextInt(8) == 0
        ? RandomTexts.card(random, 16)
        : random.nextLong() >>> random.nextInt(64);
  }

  private ByteString noise() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
