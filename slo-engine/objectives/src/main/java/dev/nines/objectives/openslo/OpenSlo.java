// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads OpenSLO v1: a file holds one object, several documents, or lists of objects, as YAML or
 * JSON; any object may name one of any other file. What OpenSLO has and is not used here is refused
 * by name, or noted.
 *
 * <p>Source: the OpenSLO specification, v1, https://github.com/OpenSLO/OpenSLO .
 */
public final class OpenSlo {

  /** Larger files are refused. */
  public static final int CHARACTERS_MAX = 8 << 20;

  /** SLOs of one reading. */
  public static final int SLOS_MAX = 10_000;

  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata", "spec");
  static final String VERSION = "openslo/v1";

  /** As a Kubernetes operator writes it. */
  private static final String DOMAIN_VERSION = "openslo.com/v1";

  private static final List<String> KINDS =
      Stream.concat(Stream.of("SLO"), OtherKinds.ALL.stream()).toList();

  private final Library library = new Library();
  private final List<SloDefinition> slos = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private OpenSlo() {}

  public static Parsed read(String fileName, String yaml) {
    return read(List.of(new Source(fileName, yaml)));
  }

  public static Parsed read(List<Source> files) {
    return read(files, Reading.STRICT);
  }

  /** Reads all files, whatever is wrong in any. A name may stand once for its kind in all. */
  public static Parsed read(List<Source> files, Reading reading) {
    return new OpenSlo().readAll(files, reading);
  }

  private Parsed readAll(List<Source> files, Reading reading) {
    List<Findings> findings = new ArrayList<>();
    List<Declared> objects = new ArrayList<>();
    for (Source file : files) {
      Findings ofFile = new Findings(file.file(), reading);
      findings.add(ofFile);
      objects.addAll(objects(file, ofFile));
    }
    objects.forEach(object -> library.add(object.kind(), object.fields()));
    objects.forEach(this::check);
    new OtherKinds(library).noteUnused();
    return new Parsed(
        List.copyOf(slos),
        findings.stream().flatMap(found -> found.violations().stream()).toList(),
        findings.stream().flatMap(found -> found.warnings().stream()).toList(),
        findings.stream().flatMap(found -> found.notes().stream()).toList());
  }

  private record Declared(String kind, YamlMap fields) {}

  private static List<Declared> objects(Source file, Findings findings) {
    List<YamlValue> values = new ArrayList<>();
    boolean readable =
        YamlDocuments.read(
            file.text(),
            CHARACTERS_MAX,
            findings,
            document -> values.addAll(values(document, findings)));
    if (readable && values.isEmpty() && findings.count() == 0) {
      findings.refuse(0, 0, "", "required", "", "holds no object of OpenSLO");
    }
    return values.stream().flatMap(value -> declared(value).stream()).toList();
  }

  private static List<YamlValue> values(Node document, Findings findings) {
    if (document.getTag().equals(Tag.NULL)) {
      return List.of();
    }
    if (!(document instanceof SequenceNode list)) {
      return List.of(new YamlValue(document, "", findings));
    }
    List<YamlValue> values = new ArrayList<>();
    for (Node item : list.getValue()) {
      values.add(new YamlValue(item, "[" + values.size() + "]", findings));
    }
    return values;
  }

  private static Optional<Declared> declared(YamlValue value) {
    Optional<YamlMap> object = value.map(OBJECT);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> version = object.get().require("apiVersion").flatMap(YamlValue::text);
    if (version.isPresent() && !isOurs(object.get().get("apiVersion").orElseThrow())) {
      return Optional.empty();
    }
    return object
        .get()
        .require("kind")
        .flatMap(kind -> kind.oneOf(KINDS))
        .map(kind -> new Declared(kind, object.get()));
  }

  /** Also of one that is refused and whose meaning is known: all that is wrong with it is told. */
  private static boolean isOurs(YamlValue version) {
    String unknown = "'" + version.scalar() + "' is not known; write " + VERSION;
    if (version.scalar().equals(DOMAIN_VERSION)) {
      version.dialect("version", unknown, "reads that");
    } else if (!version.scalar().equals(VERSION)) {
      version.refuse("version", unknown);
      return false;
    }
    return true;
  }

  private void check(Declared object) {
    if (!object.kind().equals("SLO")) {
      new OtherKinds(library).check(object.kind(), object.fields());
      return;
    }
    for (SloDefinition slo : SloReader.read(object.fields(), library)) {
      if (names.add(slo.name())) {
        add(slo, object);
      } else if (!library.isTwice("SLO", slo.name())) {
        object.fields().self().refuse("duplicate", "a second SLO is '" + slo.name() + "' here");
      }
    }
  }

  private void add(SloDefinition slo, Declared object) {
    slos.add(slo);
    if (slos.size() == SLOS_MAX + 1) {
      object.fields().self().refuse("length", "is beyond the " + SLOS_MAX + " SLOs of a reading");
    }
  }
}
