// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A mapping whose keys are known texts, each there once. A field without a value is absent. */
public final class YamlMap {

  private static final Pattern SIMPLE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private final YamlValue self;
  private final Map<String, YamlValue> fields = new LinkedHashMap<>();

  private YamlMap(YamlValue self) {
    this.self = self;
  }

  /**
   * Complains about what is no mapping, unknown keys (none are when {@code known} is empty).
   *
   * @param leftOut keys that lenient reading leaves out
   */
  static Optional<YamlMap> of(YamlValue value, Set<String> known, Set<String> leftOut) {
    if (!(value.node() instanceof MappingNode mapping)) {
      value.refuse("map", "must be a map of fields");
      return Optional.empty();
    }
    YamlMap map = new YamlMap(value);
    Set<String> seen = new TreeSet<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && leftOut.contains(key.getValue())) {
        map.at(key, key.getValue())
            .dialect("inline-field", "stands in an object that stands in another", "leaves it out");
        continue;
      }
      map.add(tuple.getKeyNode(), tuple.getValueNode(), known, seen);
    }
    return Optional.of(map);
  }

  private void add(Node keyNode, Node valueNode, Set<String> known, Set<String> seen) {
    String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "?";
    if (!(keyNode instanceof ScalarNode)) {
      refuseKey(keyNode, key, "key", "a key must be a text");
    } else if (!known.isEmpty() && !known.contains(key)) {
      String fields = String.join(", ", new TreeSet<>(known));
      refuseKey(keyNode, key, "unknown-field", "unknown field; known here: " + fields);
    } else if (!seen.add(key)) {
      refuseKey(keyNode, key, "duplicate", "stands here twice");
    } else {
      YamlValue value = at(valueNode, key);
      if (!value.isNull()) {
        fields.put(key, value);
      }
    }
  }

  public Optional<YamlValue> get(String key) {
    return Optional.ofNullable(fields.get(key));
  }

  public boolean has(String key) {
    return fields.containsKey(key);
  }

  /** Complains when it is absent. */
  public Optional<YamlValue> require(String key) {
    if (!fields.containsKey(key)) {
      refuse(key, "required", "is required");
    }
    return get(key);
  }

  /** Complains when it is absent or another word. */
  public void constant(String key, String word) {
    Optional<YamlValue> value = require(key);
    Optional<String> text = value.flatMap(YamlValue::text);
    if (text.isPresent() && !text.get().equals(word)) {
      value.get().refuse("one-of", "'" + text.get() + "' is not " + word);
    }
  }

  /** A complaint about a field that is absent, at the start of this map. */
  public void refuse(String key, String rule, String message) {
    Mark mark = self.node().getStartMark();
    self.findings().refuse(mark.getLine(), mark.getColumn(), pathOf(key), rule, "", message);
  }

  /** About a field that is absent, see {@link Findings#dialect}. */
  boolean dialect(String key, String rule, String message, String lenient) {
    Mark mark = self.node().getStartMark();
    return self.findings()
        .dialect(mark.getLine(), mark.getColumn(), pathOf(key), rule, "", message, lenient);
  }

  /** Complains about a field where it may not be, if it is there. */
  void refuseField(String key, String message) {
    get(key).ifPresent(value -> value.refuse("not-supported", message));
  }

  public Map<String, YamlValue> fields() {
    return fields;
  }

  public YamlValue self() {
    return self;
  }

  private YamlValue at(Node node, String key) {
    return new YamlValue(node, pathOf(key), self.findings());
  }

  private void refuseKey(Node keyNode, String key, String rule, String message) {
    Mark mark = keyNode.getStartMark();
    self.findings().refuse(mark.getLine(), mark.getColumn(), pathOf(key), rule, key, message);
  }

  private String pathOf(String key) {
    if (!SIMPLE_KEY.matcher(key).matches()) {
      return self.path() + "['" + key + "']";
    }
    return self.path().isEmpty() ? key : self.path() + "." + key;
  }
}
