// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code deploy/compose/compose.yaml} as data, with its variables given. */
final class ComposeFile {

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::([?-])([^}]*))?}");

  private final Map<String, Object> content;
  private final Map<String, String> variables;

  ComposeFile(Path root, Map<String, String> variables) {
    String text = SourceTree.read(root.resolve("deploy/compose/compose.yaml"));
    content = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    this.variables = variables;
  }

  List<String> services() {
    return List.copyOf(map(content, "services").keySet());
  }

  String image(String service) {
    return service(service).get("image").toString();
  }

  Map<String, String> environment(String service) {
    Map<String, String> environment = new TreeMap<>();
    map(service(service), "environment")
        .forEach((name, value) -> environment.put(name, given(value.toString())));
    return environment;
  }

  /** Mounts of files beside the compose file: host path to container path. */
  Map<String, String> files(String service) {
    Map<String, String> files = new TreeMap<>();
    for (String mount : texts(service, "volumes")) {
      if (mount.startsWith(".")) {
        String[] parts = mount.split(":");
        files.put(parts[0], parts[1]);
      }
    }
    return files;
  }

  List<String> texts(String service, String key) {
    return service(service).get(key) instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of();
  }

  Map<String, Object> service(String service) {
    return map(map(content, "services"), service);
  }

  private String given(String text) {
    return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private String value(java.util.regex.MatchResult found) {
    String value = variables.get(found.group(1));
    if (value == null && !"-".equals(found.group(2))) {
      throw new IllegalArgumentException("compose.yaml needs " + found.group(1));
    }
    return value == null ? found.group(3) : value;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Map<String, Object> from, String key) {
    return (Map<String, Object>) from.getOrDefault(key, Map.of());
  }
}
