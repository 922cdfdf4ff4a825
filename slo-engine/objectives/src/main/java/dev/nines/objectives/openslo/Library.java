// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The objects of all files that others may name, by kind and name. */
final class Library {

  private final Map<String, YamlMap> objects = new HashMap<>();
  private final Map<String, String> places = new HashMap<>();
  private final Set<String> named = new HashSet<>();
  private final Set<String> twice = new HashSet<>();

  /** Complains where the name stands a second time for the same kind, whatever else is wrong. */
  void add(String kind, YamlMap object) {
    Optional<YamlValue> name =
        object
            .get("metadata")
            .flatMap(value -> value.silently().anyMap())
            .flatMap(metadata -> metadata.get("name"));
    Optional<String> text =
        name.flatMap(value -> value.silently().label().or(value.silently()::text));
    if (text.isEmpty()) {
      return;
    }
    String key = kind + "/" + text.get();
    objects.putIfAbsent(key, object);
    String here = object.self().findings().file() + ":" + (name.get().line() + 1);
    String before = places.putIfAbsent(key, here);
    if (before != null) {
      twice.add(key);
      new YamlValue(name.get().node(), "metadata.name", object.self().findings())
          .refuse(
              "duplicate",
              "'%s' is also the name of the %s at %s".formatted(text.get(), kind, before));
    }
  }

  /** Complains when no file holds it. */
  Optional<YamlMap> named(String kind, YamlValue reference) {
    Optional<String> name = reference.label();
    if (name.isEmpty()) {
      return Optional.empty();
    }
    String key = kind + "/" + name.get();
    named.add(key);
    if (!objects.containsKey(key)) {
      reference.refuse(
          "reference", "names the %s '%s', which no file here holds".formatted(kind, name.get()));
    }
    return Optional.ofNullable(objects.get(key));
  }

  /** It was complained about. */
  boolean isTwice(String kind, String name) {
    return twice.contains(kind + "/" + name);
  }

  /** The objects of a kind that nothing named. */
  void forEachUnnamed(String kind, Consumer<YamlMap> action) {
    objects.forEach(
        (key, object) -> {
          if (key.startsWith(kind + "/") && !named.contains(key)) {
            action.accept(object);
          }
        });
  }
}
