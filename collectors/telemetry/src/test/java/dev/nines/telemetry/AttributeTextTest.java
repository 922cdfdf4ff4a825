// SPDX-License-Identifier: Apache-2.0
package dev.nines.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import org.junit.jupiter.api.Test;

class AttributeTextTest {

  @Test
  void writesValuesAsPeopleDo() {
    assertThat(display(AnyValue.newBuilder().setIntValue(-5))).isEqualTo("-5");
    assertThat(display(AnyValue.newBuilder().setBoolValue(true))).isEqualTo("true");
    assertThat(display(AnyValue.newBuilder().setDoubleValue(0.25))).isEqualTo("0.25");
    assertThat(display(AnyValue.newBuilder().setStringValue("a \"b\""))).isEqualTo("a \"b\"");
    assertThat(display(AnyValue.newBuilder())).isEmpty();
    assertThat(display(AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("hi"))))
        .isEqualTo("aGk=");
  }

  @Test
  void writesListsAsJson() throws Exception {
    KeyValueList.Builder object =
        KeyValueList.newBuilder()
            .addValues(entry("text \"\\\n", AnyValue.newBuilder().setStringValue("é\"\t")))
            .addValues(entry("nan", AnyValue.newBuilder().setDoubleValue(Double.NaN)))
            .addValues(KeyValue.newBuilder().setKey("none"));
    ArrayValue.Builder array =
        ArrayValue.newBuilder()
            .addValues(AnyValue.newBuilder().setIntValue(Long.MAX_VALUE))
            .addValues(AnyValue.newBuilder())
            .addValues(AnyValue.newBuilder().setKvlistValue(object))
            .addValues(AnyValue.newBuilder().setArrayValue(ArrayValue.getDefaultInstance()));
    String text = display(AnyValue.newBuilder().setArrayValue(array));
    assertThat(text)
        .isEqualTo(
            "[9223372036854775807,null,"
                + "{\"text \\\"\\\\\\u000a\":\"é\\\"\\u0009\",\"nan\":\"NaN\",\"none\":null},[]]");
    JsonNode node = JsonMapper.builder().build().readTree(text);
    assertThat(node.get(2).get("text \"\\\n").textValue()).isEqualTo("é\"\t");
  }

  @Test
  void writesRandomNestedValuesAsJsonThatParses() throws Exception {
    JsonMapper mapper = JsonMapper.builder().build();
    int[] lists = {0};
    for (long seed = 0; seed < 100; seed++) {
      byte[] body = new RandomTraces(seed).request(2, 2, 4).toByteArray();
      StringBuilder texts = new StringBuilder("[null");
      new TraceWalker().walk(body, span -> lists[0] += append(span.attributes(), texts));
      assertThat(mapper.readTree(texts.append(']').toString()).isArray())
          .as("seed %d", seed)
          .isTrue();
    }
    assertThat(lists[0]).isGreaterThan(100);
  }

  private static int append(AttributeList attributes, StringBuilder texts) {
    int lists = 0;
    for (int i = 0; i < attributes.size(); i++) {
      switch (attributes.type(i)) {
        case ARRAY, KEY_VALUES -> {
          texts.append(',').append(attributes.display(i));
          lists++;
        }
        case EMPTY, STRING, BOOL, INT, DOUBLE, BYTES -> {}
      }
    }
    return lists;
  }

  private static KeyValue.Builder entry(String key, AnyValue.Builder value) {
    return KeyValue.newBuilder().setKey(key).setValue(value);
  }

  private static String display(AnyValue.Builder value) {
    byte[] wire = KeyValue.newBuilder().setKey("k").setValue(value).build().toByteArray();
    WireWriter framed = new WireWriter().bytes(1, wire);
    WireReader reader = new WireReader();
    reader.reset(framed.toBytes(), 1, framed.size() - 1);
    AttributeList list = new AttributeList();
    new AttributeReader(reader).read(list);
    return list.display(0);
  }
}
