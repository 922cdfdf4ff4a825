// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where two JSON values first differ, as {@code services[0].uptime: 99.9, computed 99.8}. */
final class JsonDifference {

  private JsonDifference() {}

  static Optional<String> first(String path, JsonNode found, JsonNode computed) {
    if (found.equals(computed)) {
      return Optional.empty();
    }
    if (found.isArray() && computed.isArray() && found.size() == computed.size()) {
      for (int i = 0; i < found.size(); i++) {
        Optional<String> inside = first(path + "[" + i + "]", found.get(i), computed.get(i));
        if (inside.isPresent()) {
          return inside;
        }
      }
    }
    List<String> names = new ArrayList<>();
    found.fieldNames().forEachRemaining(names::add);
    computed
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                names.add(name);
              }
            });
    for (String name : names) {
      String inner = path.isEmpty() ? name : path + "." + name;
      Optional<String> inside = first(inner, found.path(name), computed.path(name));
      if (inside.isPresent()) {
        return inside;
      }
    }
    return Optional.of(path + ": " + shown(found) + ", computed " + shown(computed));
  }

  private static String shown(JsonNode node) {
    String text = node.isMissingNode() ? "absent" : node.toString();
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }
}
