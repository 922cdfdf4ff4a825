// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads OpenSLO v1: a file holds one object, several documents, or lists of objects, as YAML or
 * JSON. SLOs are ratios over spans and metrics by occurrences; what else OpenSLO has is refused by name.
 *
 * <p>Source: the OpenSLO specification, v1, https://github.com/OpenSLO/OpenSLO .
 */
public final class OpenSlo {

  /** Larger files are refused. */
  public static final int CHARACTERS_MAX = 8 << 20;

  /** SLOs of one reading. */
  public static final int SLOS_MAX = 10_000;

  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final String VERSION = "openslo/v1";

  private final Findings findings;
  private final List<SloDefinition> slos = new ArrayList<>();
  private int objects;

  private OpenSlo(String file) {
    findings = new Findings(file);
  }

  public static Parsed read(String fileName, String yaml) {
    return read(List.of(new Source(fileName, yaml)));
  }

  /** Reads all files, whatever is wrong in any. A name may stand once in all of them. */
  public static Parsed read(List<Source> files) {
    List<SloDefinition> slos = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    List<Violation> notes = new ArrayList<>();
    Map<String, String> places = new HashMap<>();
    for (Source source : files) {
      OpenSlo reader = new OpenSlo(source.file());
      reader.readAll(source.text(), places);
      slos.addAll(reader.slos);
      violations.addAll(reader.findings.violations());
      notes.addAll(reader.findings.notes());
    }
    return new Parsed(List.copyOf(slos), List.copyOf(violations), List.copyOf(notes));
  }

  private void readAll(String text, Map<String, String> places) {
    boolean readable =
        YamlDocuments.read(text, CHARACTERS_MAX, findings, document -> document(document, places));
    if (readable && objects == 0 && findings.count() == 0) {
      findings.refuse(0, 0, "", "required", "", "holds no object of OpenSLO");
    }
  }

  private void document(Node document, Map<String, String> places) {
    if (document.getTag().equals(Tag.NULL)) {
      return;
    }
    if (document instanceof SequenceNode list) {
      int index = 0;
      for (Node item : list.getValue()) {
        object(new YamlValue(item, "[" + index++ + "]", findings), places);
      }
    } else {
      object(new YamlValue(document, "", findings), places);
    }
  }

  private void object(YamlValue value, Map<String, String> places) {
    objects++;
    Optional<YamlMap> object = value.map(OBJECT);
    if (object.isEmpty()) {
      return;
    }
    Optional<String> version = object.get().require("apiVersion").flatMap(YamlValue::text);
    if (version.isPresent() && !version.get().equals(VERSION)) {
      object
          .get()
          .get("apiVersion")
          .ifPresent(
              field ->
                  field.refuse(
                      "version", "'" + version.get() + "' is not known; write " + VERSION));
      return;
    }
    Optional<String> kind = object.get().require("kind").flatMap(YamlValue::text);
    if (kind.isEmpty()) {
      return;
    }
    if (kind.get().equals("SLO")) {
      distinct(object.get(), places);
      SloReader.read(object.get()).ifPresent(this::keep);
    } else if (OtherKinds.ALL.contains(kind.get())) {
      OtherKinds.check(kind.get(), object.get());
    } else {
      object
          .get()
          .get("kind")
          .ifPresent(
              field ->
                  field.refuse(
                      "one-of",
                      "'" + kind.get() + "' is none of SLO, " + String.join(", ", OtherKinds.ALL)));
    }
  }

  private void keep(SloDefinition slo) {
    slos.add(slo);
    if (slos.size() == SLOS_MAX + 1) {
      findings.refuse(0, 0, "", "length", "", "holds more than " + SLOS_MAX + " SLOs");
    }
  }

  /**
   * Also among SLOs that are wrong otherwise, so that this error does not come as a second round.
   */
  private void distinct(YamlMap object, Map<String, String> places) {
    Set<String> any = Set.of();
    Findings silent = new Findings(findings.file());
    Optional<YamlValue> name =
        object
            .get("metadata")
            .flatMap(value -> new YamlValue(value.node(), value.path(), silent).map(any))
            .flatMap(metadata -> metadata.get("name"));
    Optional<String> text = name.flatMap(YamlValue::text);
    if (text.isEmpty()) {
      return;
    }
    String here = findings.file() + ":" + (name.get().line() + 1);
    String before = places.putIfAbsent(text.get(), here);
    if (before != null) {
      new YamlValue(name.get().node(), name.get().path(), findings)
          .refuse("duplicate", "'" + text.get() + "' is also the name of the SLO at " + before);
    }
  }
}
