// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.panels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * What must be true of one panel, annotation or variable. All SQL is over the truth's tables.
 *
 * @param subject title of the panel, or name
 * @param id of the panel; 0 of the others
 * @param with a query for the value of each variable that is not left as the dashboard has it
 * @param until a query for the end of the time shown, in Unix milliseconds; the run's end when null
 * @param equals a query whose rows, as a set, must be those of the panel in the columns it has
 * @param never a query over the truth and the panel's own rows, table {@code panel}, that must give
 *     no row
 * @param emptyIf a query over the truth: where it gives a row, the panel may show nothing
 */
public record Check(
    Kind kind,
    String subject,
    int id,
    Map<String, String> with,
    @Nullable String until,
    @Nullable String equals,
    @Nullable String never,
    @Nullable String emptyIf) {

  /** Section of the file. */
  public enum Kind {
    PANEL("panels"),
    ANNOTATION("annotations"),
    VARIABLE("variables");

    private final String section;

    Kind(String section) {
      this.section = section;
    }
  }

  private static final Set<String> FIELDS =
      Set.of("id", "title", "name", "with", "until", "equals", "never", "emptyIf");

  /** Reads {@code NAME.checks.yaml} beside {@code NAME.json}. */
  public static List<Check> read(Path folder, String dashboard) throws IOException {
    Path file = folder.resolve(dashboard + ".checks.yaml");
    Map<?, ?> root =
        (Map<?, ?>) new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    List<Check> checks = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (root.get(kind.section) instanceof List<?> entries) {
        entries.forEach(entry -> checks.add(read(kind, (Map<?, ?>) entry, file)));
      }
    }
    return checks;
  }

  private static Check read(Kind kind, Map<?, ?> entry, Path file) {
    @Nullable String equals = text(entry, "equals");
    @Nullable String never = text(entry, "never");
    @Nullable String subject = text(entry, kind == Kind.PANEL ? "title" : "name");
    if (!FIELDS.containsAll(entry.keySet())
        || subject == null
        || (equals == null) == (never == null)) {
      throw new IllegalArgumentException(
          file + ": " + entry + " needs a title or name, and one of equals and never");
    }
    Map<String, String> with = new LinkedHashMap<>();
    if (entry.get("with") instanceof Map<?, ?> given) {
      given.forEach((name, query) -> with.put(String.valueOf(name), String.valueOf(query)));
    }
    int id = entry.get("id") instanceof Integer number ? number : 0;
    return new Check(
        kind, subject, id, with, text(entry, "until"), equals, never, text(entry, "emptyIf"));
  }

  private static @Nullable String text(Map<?, ?> entry, String key) {
    Object value = entry.get(key);
    return value == null ? null : value.toString();
  }
}
