// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import dev.nines.scraper.exposition.Labels;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads lists of {@code targets} with {@code labels}: static ones, and those of files. */
final class GroupReader {

  private static final Set<String> GROUP = Set.of("targets", "labels");
  private static final Set<String> EFFECTIVE = Set.of("__scheme__", "__metrics_path__");
  private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final int ADDRESS_MAX = 300;
  private static final int VALUE_MAX = 2_000;
  private static final int PORT_MAX = 65_535;

  private GroupReader() {}

  static List<TargetGroup> groups(YamlValue value) {
    List<TargetGroup> groups = new ArrayList<>();
    for (YamlValue item : value.list().orElse(List.of())) {
      Optional<YamlMap> map = item.map(GROUP);
      Optional<List<YamlValue>> targets =
          map.flatMap(group -> group.require("targets")).flatMap(YamlValue::list);
      List<String> addresses = new ArrayList<>();
      targets.orElse(List.of()).forEach(target -> address(target).ifPresent(addresses::add));
      Labels labels =
          map.flatMap(group -> group.get("labels")).map(GroupReader::labels).orElse(Labels.NONE);
      groups.add(new TargetGroup(List.copyOf(addresses), labels));
    }
    return groups;
  }

  private static Optional<String> address(YamlValue value) {
    Optional<String> address = value.text(ADDRESS_MAX);
    if (address.isPresent() && !isAddress(address.get())) {
      boolean secret = address.get().contains("@"); // a password may stand before it
      value.refuse(
          "address", (secret ? "a target" : "'" + address.get() + "'") + " is not host:port");
      return Optional.empty();
    }
    return address;
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI("http://" + text);
      return uri.getHost() != null
          && uri.getRawUserInfo() == null
          && text.equals(uri.getRawAuthority())
          && uri.getPort() != 0
          && uri.getPort() <= PORT_MAX
          && !text.endsWith(":");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Labels labels(YamlValue value) {
    SortedMap<String, String> labels = new TreeMap<>();
    value
        .anyMap()
        .map(YamlMap::fields)
        .orElse(Map.of())
        .forEach((name, text) -> label(name, text).ifPresent(found -> labels.put(name, found)));
    return Labels.of(labels);
  }

  /** Those of service discovery mean nothing without relabeling; Prometheus drops them, too. */
  private static Optional<String> label(String name, YamlValue value) {
    Optional<String> text = value.text(VALUE_MAX);
    if (!LABEL.matcher(name).matches()) {
      value.refuse("label", "'" + name + "' is no name of a label");
      return Optional.empty();
    }
    if (name.startsWith("__meta_")) {
      return Optional.empty();
    }
    if (name.startsWith("__") && !EFFECTIVE.contains(name) && !name.startsWith(Target.PARAM)) {
      value.refuse("not-supported", name + " cannot be set for a target");
      return Optional.empty();
    }
    if (name.equals("__scheme__")) {
      return value.oneOf(JobReader.SCHEMES);
    }
    return name.equals("__metrics_path__") ? JobReader.path(value) : text;
  }
}
