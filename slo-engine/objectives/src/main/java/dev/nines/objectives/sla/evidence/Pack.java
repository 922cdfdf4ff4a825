// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.objectives.sla.Minutes;
import dev.nines.objectives.sla.Report;
import dev.nines.objectives.sla.ReportBuilder;
import dev.nines.objectives.sla.ReportScope;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one evidence pack.
 *
 * @param files texts by name
 */
public record Pack(SortedMap<String, String> files) {

  public static final String SCOPE = "scope.json";
  public static final String CONTRACT = "contract.yaml";
  public static final String DEFINITIONS = "definitions.json";
  public static final String EXCLUSIONS = "exclusions.json";
  public static final String INTERVALS = "intervals.csv";
  public static final String REPORT = "report.json";
  public static final String MANIFEST = "manifest.json";
  public static final String PUBLIC_KEY = "public-key.pem";
  public static final String SIGNATURE = "signature.txt";

  /** What the manifest has a sum of. */
  static final List<String> SUMMED =
      List.of(CONTRACT, DEFINITIONS, EXCLUSIONS, INTERVALS, PUBLIC_KEY, REPORT, SCOPE);

  /**
   * What a report is computed from.
   *
   * @param contractYaml the text of {@code contract}
   * @param definitionsJson the SLO definitions in force, for people: no number depends on them
   * @param minutes one for each service
   */
  public record Inputs(
      ReportScope scope,
      Contract contract,
      String contractYaml,
      String definitionsJson,
      List<Exclusion> exclusions,
      List<Minutes> minutes) {

    String definitionHash() {
      return Hashes.definition(contractYaml, definitionsJson);
    }
  }

  /** The report alone, where nobody asked for evidence. */
  public static Report report(Inputs inputs) {
    return new ReportBuilder(inputs.scope(), inputs.contract(), inputs.exclusions())
        .build(inputs.minutes(), inputs.definitionHash());
  }

  /** Computes the report and signs it together with its inputs. */
  public static Pack of(Inputs inputs, int revision, String cause, KeyPair key) {
    ReportBuilder builder =
        new ReportBuilder(inputs.scope(), inputs.contract(), inputs.exclusions());
    Report report = builder.build(inputs.minutes(), inputs.definitionHash());
    SortedMap<String, String> files = new TreeMap<>();
    files.put(SCOPE, EvidenceJson.write(inputs.scope()));
    files.put(CONTRACT, inputs.contractYaml());
    files.put(DEFINITIONS, inputs.definitionsJson());
    files.put(EXCLUSIONS, EvidenceJson.write(inputs.exclusions()));
    files.put(INTERVALS, Intervals.write(inputs.scope().from(), builder.timelines()));
    files.put(REPORT, EvidenceJson.write(report));
    files.put(PUBLIC_KEY, Keys.pem(key.getPublic()));
    String manifest =
        EvidenceJson.write(new Manifest(Manifest.FORMAT, revision, cause, sums(files)));
    files.put(MANIFEST, manifest);
    files.put(SIGNATURE, Keys.sign(key.getPrivate(), manifest));
    return new Pack(files);
  }

  /** The report as it was written when the pack was made. */
  public Report report() {
    return EvidenceJson.read(file(REPORT), Report.class)
        .orElseThrow(() -> new IllegalStateException(REPORT + " is no report"));
  }

  public Manifest manifest() {
    return EvidenceJson.read(file(MANIFEST), Manifest.class)
        .orElseThrow(() -> new IllegalStateException(MANIFEST + " is no manifest"));
  }

  /** Of all that the numbers are computed from; the time of the computation is not in it. */
  public String contentHash() {
    return Hashes.of(file(CONTRACT) + file(DEFINITIONS) + file(EXCLUSIONS) + file(INTERVALS));
  }

  /** Why this pack has other contents than one before; empty when it has the same. */
  public Optional<String> difference(Pack before) {
    if (contentHash().equals(before.contentHash())) {
      return Optional.empty();
    }
    List<String> causes = new ArrayList<>();
    if (!manifest().format().equals(before.manifest().format())) {
      causes.add("another format of the evidence");
    }
    if (!file(CONTRACT).equals(before.file(CONTRACT))) {
      causes.add("another version of the contract");
    }
    if (!file(EXCLUSIONS).equals(before.file(EXCLUSIONS))) {
      causes.add("exclusions declared or withdrawn");
    }
    if (causes.isEmpty() || !file(DEFINITIONS).equals(before.file(DEFINITIONS))) {
      causes.add("late data");
    }
    return Optional.of(String.join(", ", causes));
  }

  public String file(String name) {
    String text = files.get(name);
    if (text == null) {
      throw new IllegalStateException("the pack has no " + name);
    }
    return text;
  }

  static SortedMap<String, String> sums(Map<String, String> files) {
    SortedMap<String, String> sums = new TreeMap<>();
    SUMMED.forEach(name -> sums.put(name, Hashes.of(files.getOrDefault(name, ""))));
    return sums;
  }
}
