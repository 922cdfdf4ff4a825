// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * {@code metadata} of an OpenSLO object.
 *
 * @param labels a label that is a list is joined with commas
 * @param annotations those under {@code nines.dev/}, by their name without the prefix
 */
record Metadata(
    String name,
    String displayName,
    Map<String, String> labels,
    Map<String, YamlValue> annotations) {

  static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  static final int LABEL_MAX = 255;
  static final String DNS_LABEL_RULE =
      "is no DNS label: at most 63 of a-z, 0-9 and '-', not first or last";

  private static final Set<String> FIELDS = Set.of("name", "displayName", "labels", "annotations");
  static final String OURS = "nines.dev/";
  private static final List<String> KNOWN =
      List.of(
          "burn",
          "composite",
          "confidence",
          "exclusions",
          "expected-events",
          "gate",
          "group",
          "min-failures",
          "missing",
          "vanished");
  private static final Pattern LABEL_KEY =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
  private static final Pattern ANNOTATION_KEY =
      Pattern.compile(
          "((?=[^/]{1,253}/)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*/)?"
              + "[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");
  static final int DISPLAY_NAME_MAX = 63;

  /** Empty when there is no map at all; a name that is wrong, and complained about, is empty. */
  static Optional<Metadata> read(YamlMap object) {
    Optional<YamlMap> metadata = object.require("metadata").flatMap(value -> value.map(FIELDS));
    if (metadata.isEmpty()) {
      return Optional.empty();
    }
    YamlMap fields = metadata.get();
    Optional<String> name = fields.require("name").flatMap(YamlValue::label);
    Optional<String> displayName =
        fields.get("displayName").flatMap(value -> value.text(DISPLAY_NAME_MAX));
    Map<String, String> labels = fields.get("labels").map(Metadata::labels).orElse(Map.of());
    Map<String, YamlValue> annotations =
        fields.get("annotations").map(Metadata::annotations).orElse(Map.of());
    return Optional.of(
        new Metadata(name.orElse(""), displayName.orElse(name.orElse("")), labels, annotations));
  }

  private static Map<String, String> labels(YamlValue value) {
    Map<String, String> labels = new LinkedHashMap<>();
    value
        .anyMap()
        .ifPresent(
            map ->
                map.fields()
                    .forEach(
                        (key, label) -> {
                          if (!LABEL_KEY.matcher(key).matches()) {
                            label.refuse("label-key", "'" + key + "' is no label key");
                          }
                          label(label).ifPresent(text -> labels.put(key, text));
                        }));
    return labels;
  }

  private static Optional<String> label(YamlValue label) {
    if (!(label.node() instanceof SequenceNode)) {
      return label.text(LABEL_MAX);
    }
    return label
        .list()
        .map(items -> items.stream().flatMap(item -> item.text(LABEL_MAX).stream()).toList())
        .map(texts -> String.join(",", texts));
  }

  private static Map<String, YamlValue> annotations(YamlValue value) {
    Map<String, YamlValue> ours = new LinkedHashMap<>();
    value
        .anyMap()
        .ifPresent(map -> map.fields().forEach((key, text) -> annotation(key, text, ours)));
    return ours;
  }

  private static void annotation(String key, YamlValue value, Map<String, YamlValue> ours) {
    if (!ANNOTATION_KEY.matcher(key).matches()) {
      value.refuse("annotation-key", "'" + key + "' is no annotation key: [prefix/]name");
    } else if (value.text().isPresent() && key.startsWith(OURS)) {
      String name = key.substring(OURS.length());
      if (KNOWN.contains(name)) {
        ours.put(name, value);
      } else {
        value.refuse("unknown-annotation", "unknown; " + OURS + " has " + String.join(", ", KNOWN));
      }
    }
  }
}
