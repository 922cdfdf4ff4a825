// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Writes a tree of maps, lists, texts, numbers and booleans as YAML in one way only. A text that a
 * YAML 1.1 reader would take for something else ({@code yes}, {@code 010}, a time) is quoted.
 */
final class YamlText {

  private static final int INDENT = 2;
  private static final Resolver RESOLVER = new Resolver();

  private YamlText() {}

  /** One document, which ends with a line break. */
  static String of(Map<String, ?> document) {
    DumperOptions options = new DumperOptions();
    options.setIndent(INDENT);
    options.setIndicatorIndent(INDENT);
    options.setIndentWithIndicator(true);
    options.setSplitLines(false);
    StringWriter text = new StringWriter();
    new Yaml(options).serialize(node(document), text);
    return text.toString();
  }

  private static Node node(Object value) {
    return switch (value) {
      case Map<?, ?> map ->
          new MappingNode(
              Tag.MAP,
              map.entrySet().stream()
                  .map(field -> new NodeTuple(node(field.getKey()), node(field.getValue())))
                  .toList(),
              FlowStyle.BLOCK);
      case List<?> items ->
          new SequenceNode(Tag.SEQ, items.stream().map(YamlText::node).toList(), FlowStyle.BLOCK);
      case BigDecimal number -> plain(number.toPlainString());
      case Boolean flag -> plain(flag.toString());
      default -> text(value.toString());
    };
  }

  /** As a reader understands it that resolves scalars. */
  private static Node plain(String value) {
    Tag tag = RESOLVER.resolve(NodeId.scalar, value, true);
    return new ScalarNode(tag, value, null, null, ScalarStyle.PLAIN);
  }

  private static Node text(String value) {
    ScalarStyle style = value.indexOf('\n') < 0 ? ScalarStyle.PLAIN : ScalarStyle.LITERAL;
    return new ScalarNode(Tag.STR, value, null, null, style);
  }
}
