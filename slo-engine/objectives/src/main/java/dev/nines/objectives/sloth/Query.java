// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.openslo.YamlValue;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * A query in its file.
 *
 * @param lines of the file
 */
record Query(YamlValue place, String text, List<String> lines) {

  /** Points at a character of the query, also where it is a block of several lines. */
  void refuse(PromQl.Refusal refusal) {
    Node node = place.node();
    int offset = Math.min(refusal.offset(), text.length());
    String before = text.substring(0, offset);
    int row = (int) before.chars().filter(c -> c == '\n').count();
    int line = node.getStartMark().getLine() + 1 + row;
    boolean block =
        node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
    if (!block || line >= lines.size()) {
      place.refuseAt(offset, "promql", refusal.message());
      return;
    }
    String inText = text.substring(before.lastIndexOf('\n') + 1).lines().findFirst().orElse("");
    int indent = Math.max(0, lines.get(line).indexOf(inText));
    int column = indent + offset - before.lastIndexOf('\n') - 1;
    place
        .findings()
        .refuse(line, column, place.path(), "promql", inText.strip(), refusal.message());
  }
}
