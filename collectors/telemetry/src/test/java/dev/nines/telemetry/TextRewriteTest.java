// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TextRewriteTest {

  private static final int BODIES = 200;
  private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

  private final List<String> unknown = new ArrayList<>();

  /** Every text that is not empty becomes another one, of a length that changes lengths around. */
  private final TextFilter longer =
      new TextFilter() {
        @Override
        public byte @Nullable [] text(byte[] body, int from, int to) {
          return to == from ? null : "text of 130 bytes ".repeat(7).concat("end.").getBytes(UTF_8);
        }

        @Override
        public byte @Nullable [] integer(long value) {
          return value % 2 == 0 ? null : Long.toString(value).getBytes(UTF_8);
        }

        @Override
        public byte @Nullable [] unknown(byte[] body, int from, int to) {
          unknown.add(new String(body, from, to - from, UTF_8));
          return null;
        }
      };

  private static final TextFilter NOTHING =
      new TextFilter() {
        @Override
        public byte @Nullable [] text(byte[] body, int from, int to) {
          return null;
        }

        @Override
        public byte @Nullable [] integer(long value) {
          return null;
        }

        @Override
        public byte @Nullable [] unknown(byte[] body, int from, int to) {
          return null;
        }
      };

  @Test
  void theTableIsThatOfTheProtocol() {
    Map<String, List<String>> protocol = new HashMap<>();
    describe(ExportTraceServiceRequest.getDescriptor(), protocol);
    describe(ExportMetricsServiceRequest.getDescriptor(), protocol);
    assertThat(TextFields.lines()).isEqualTo(protocol);
  }

  @Test
  void everyTextIsOfferedAndAllElseIsKept() throws Exception {
    for (int seed = 0; seed < BODIES; seed++) {
      ExportTraceServiceRequest traces = new RandomTraces(seed).request(3, 3, 4);
      byte[] other = new TextRewrite(longer).rewrite(Signal.TRACES, traces.toByteArray());
      assertThat(ExportTraceServiceRequest.parseFrom(other)).isEqualTo(changed(traces));
      ExportMetricsServiceRequest metrics = new RandomMetrics(seed).request(3, 3, 4, 3);
      other = new TextRewrite(longer).rewrite(Signal.METRICS, metrics.toByteArray());
      assertThat(ExportMetricsServiceRequest.parseFrom(other)).isEqualTo(changed(metrics));
    }
    assertThat(unknown).isNotEmpty();
  }

  @Test
  void aBodyThatKeepsItsTextsIsTheSameArray() {
    for (int seed = 0; seed < BODIES; seed++) {
      byte[] body = RandomTraces.backwards(new RandomTraces(seed).request(3, 3, 4));
      assertThat(new TextRewrite(NOTHING).rewrite(Signal.TRACES, body)).isSameAs(body);
    }
  }

  @Test
  void aBodyThatBreaksOffIsRefusedAndTheNextOneIsNot() throws Exception {
    byte[] body = new RandomTraces(5).request(3, 3, 4).toByteArray();
    TextRewrite rewrite = new TextRewrite(longer);
    assertThatThrownBy(() -> rewrite.rewrite(Signal.TRACES, Arrays.copyOf(body, body.length - 3)))
        .isInstanceOf(MalformedOtlp.class);
    assertThat(ExportTraceServiceRequest.parseFrom(rewrite.rewrite(Signal.TRACES, body)))
        .isEqualTo(changed(ExportTraceServiceRequest.parseFrom(body)));
  }

  /** The same change on the parsed message. */
  @SuppressWarnings("unchecked")
  private <M extends Message> M changed(M message) {
    Message.Builder other = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.isRepeated()) {
                List<?> all = (List<?>) value;
                for (int i = 0; i < all.size(); i++) {
                  other.setRepeatedField(field, i, changed(field, all.get(i)));
                }
              } else if (field.getName().equals("int_value") && (Long) value % 2 != 0) {
                other.setField(
                    message.getDescriptorForType().findFieldByName("string_value"),
                    value.toString());
              } else {
                other.setField(field, changed(field, value));
              }
            });
    return (M) other.build();
  }

  private Object changed(FieldDescriptor field, Object value) {
    return switch (value) {
      case Message nested -> changed(nested);
      case String text -> other(text.getBytes(UTF_8), text);
      case com.google.protobuf.ByteString bytes when !IDS.contains(field.getName()) ->
          bytes.isEmpty()
              ? bytes
              : com.google.protobuf.ByteString.copyFrom(longer.text(new byte[1], 0, 1));
      default -> value;
    };
  }

  private String other(byte[] bytes, String text) {
    byte[] other = longer.text(bytes, 0, bytes.length);
    return other == null ? text : new String(other, UTF_8);
  }

  private static void describe(Descriptor message, Map<String, List<String>> into) {
    if (into.containsKey(message.getName())) {
      return;
    }
    List<String> fields = new ArrayList<>();
    into.put(message.getName(), fields);
    for (FieldDescriptor field : message.getFields()) {
      String content = content(field);
      if (!content.isEmpty()) {
        fields.add(field.getNumber() + " " + content);
      }
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        describe(field.getMessageType(), into);
      }
    }
    fields.sort(java.util.Comparator.comparing(line -> Integer.valueOf(line.split(" ")[0])));
  }

  private static String content(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getName();
      case STRING -> "text";
      case BYTE_STRING -> IDS.contains(field.getName()) ? "id" : "text";
      default ->
          field.isRepeated() ? "numbers" : field.getName().equals("int_value") ? "integer" : "";
    };
  }
}
