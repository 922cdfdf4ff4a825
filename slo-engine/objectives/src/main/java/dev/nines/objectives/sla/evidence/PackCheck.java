// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nines.objectives.sla.Contract;
import dev.nines.objectives.sla.ContractReader;
import dev.nines.objectives.sla.Exclusion;
import dev.nines.objectives.sla.ParsedContract;
import dev.nines.objectives.sla.Period;
import dev.nines.objectives.sla.Report;
import dev.nines.objectives.sla.ReportBuilder;
import dev.nines.objectives.sla.ReportScope;
import dev.nines.objectives.sla.Timeline;
import java.io.IOException;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Checks a pack with nothing but its bytes, and the key that its reader trusts. It takes no number
 * from the report: it computes all from the interval table, the contract and the exclusions, and
 * compares.
 */
public final class PackCheck {

  private final List<Step> steps = new ArrayList<>();
  private final Optional<PublicKey> trusted;

  /**
   * One thing that was checked.
   *
   * @param detail what was found; where {@code passed} is false, what differs
   */
  public record Step(String name, boolean passed, String detail) {}

  /** All steps that could be taken. */
  public record Outcome(List<Step> steps) {

    public boolean passed() {
      return steps.stream().allMatch(Step::passed);
    }
  }

  /** What the report is computed from, where it can be read. */
  private record Sources(
      ReportScope scope, Contract contract, List<Exclusion> exclusions, Intervals.Table table) {}

  private PackCheck(Optional<PublicKey> trusted) {
    this.trusted = trusted;
  }

  /**
   * @param trusted the signer's key as the reader got it from elsewhere; without it the signature
   *     only shows that the pack is as its key's owner made it
   */
  public static Outcome run(byte[] zip, Optional<PublicKey> trusted) {
    PackCheck check = new PackCheck(trusted);
    check.container(zip).ifPresent(check::contents);
    return new Outcome(List.copyOf(check.steps));
  }

  private Optional<Pack> container(byte[] zip) {
    try {
      Pack pack = PackZip.read(zip);
      int at = Arrays.mismatch(zip, PackZip.write(pack));
      step("container", at < 0, at < 0 ? "as written" : "byte " + at + " of the ZIP file differs");
      TreeSet<String> expected = new TreeSet<>(Pack.SUMMED);
      expected.add(Pack.MANIFEST);
      expected.add(Pack.SIGNATURE);
      boolean complete = pack.files().keySet().equals(expected);
      step("files", complete, complete ? expected.size() + " files" : named(pack, expected));
      return complete ? Optional.of(pack) : Optional.empty();
    } catch (IOException e) {
      step("container", false, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static String named(Pack pack, TreeSet<String> expected) {
    return "there are " + pack.files().keySet() + " instead of " + expected;
  }

  private void contents(Pack pack) {
    manifest(pack);
    signature(pack);
    sources(pack).ifPresent(sources -> recompute(pack, sources));
  }

  private void manifest(Pack pack) {
    Optional<Manifest> manifest =
        EvidenceJson.read(pack.file(Pack.MANIFEST), Manifest.class)
            .filter(read -> EvidenceJson.write(read).equals(pack.file(Pack.MANIFEST)));
    if (manifest.isEmpty() || !manifest.get().format().equals(Manifest.FORMAT)) {
      step("manifest", false, Pack.MANIFEST + " is not of format " + Manifest.FORMAT);
      return;
    }
    SortedMap<String, String> sums = Pack.sums(pack.files());
    SortedMap<String, String> claimed = manifest.get().files();
    List<String> wrong =
        sums.entrySet().stream()
            .filter(sum -> !sum.getValue().equals(claimed.get(sum.getKey())))
            .map(Map.Entry::getKey)
            .toList();
    step(
        "SHA-256",
        wrong.isEmpty(),
        wrong.isEmpty()
            ? sums.size() + " files have the sums of the manifest"
            : "the sum differs of " + String.join(", ", wrong));
  }

  private void signature(Pack pack) {
    Optional<PublicKey> key = Keys.read(pack.file(Pack.PUBLIC_KEY));
    if (key.isEmpty()) {
      step("signature", false, Pack.PUBLIC_KEY + " is no Ed25519 key");
      return;
    }
    boolean signed = Keys.verify(key.get(), pack.file(Pack.MANIFEST), pack.file(Pack.SIGNATURE));
    String fingerprint = Keys.fingerprint(key.get());
    step(
        "signature",
        signed,
        signed
            ? "Ed25519, key " + fingerprint
            : Pack.SIGNATURE + " is not of this manifest and key");
    trusted.ifPresent(
        known -> {
          boolean same = Keys.fingerprint(known).equals(fingerprint);
          step("trusted key", same, same ? "is the signer" : "is not the one that signed");
        });
  }

  private Optional<Sources> sources(Pack pack) {
    ParsedContract parsed = ContractReader.read(Pack.CONTRACT, pack.file(Pack.CONTRACT));
    if (parsed.contract().isEmpty()) {
      step("contract", false, parsed.violations().getFirst().toString());
      return Optional.empty();
    }
    Optional<ReportScope> scope = EvidenceJson.read(pack.file(Pack.SCOPE), ReportScope.class);
    Optional<Exclusion[]> exclusions =
        EvidenceJson.read(pack.file(Pack.EXCLUSIONS), Exclusion[].class);
    if (scope.isEmpty() || exclusions.isEmpty()) {
      step("inputs", false, (scope.isEmpty() ? Pack.SCOPE : Pack.EXCLUSIONS) + " cannot be read");
      return Optional.empty();
    }
    Contract contract = parsed.contract().get();
    try {
      Period period = new Period(scope.get().from(), scope.get().through(), contract.timeZone());
      Intervals.Table table =
          Intervals.read(
              pack.file(Pack.INTERVALS),
              contract.services().size(),
              period.from(),
              period.minutes());
      step("interval table", true, shown(table));
      return Optional.of(new Sources(scope.get(), contract, List.of(exclusions.get()), table));
    } catch (Intervals.Malformed e) {
      step("interval table", false, Pack.INTERVALS + " " + e.getMessage());
    } catch (DateTimeException e) {
      step("inputs", false, Pack.SCOPE + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private static String shown(Intervals.Table table) {
    String minutes = table.verdicts().size() + " minutes";
    return table.uncertain() == 0
        ? minutes
        : minutes
            + "; "
            + table.uncertain()
            + " events are uncertain and counted as good: uptime is an upper bound, failed requests"
            + " are a lower bound";
  }

  private void recompute(Pack pack, Sources sources) {
    String hash = Hashes.definition(pack.file(Pack.CONTRACT), pack.file(Pack.DEFINITIONS));
    ReportBuilder builder =
        new ReportBuilder(sources.scope(), sources.contract(), sources.exclusions());
    Report report = builder.build(sources.table().services(), hash);
    verdicts(sources.table(), builder.timelines());
    Optional<JsonNode> found = EvidenceJson.tree(pack.file(Pack.REPORT));
    if (found.isEmpty()) {
      step("numbers", false, Pack.REPORT + " is no JSON");
      return;
    }
    String computed = EvidenceJson.write(report);
    Optional<String> difference =
        JsonDifference.first("", found.get(), EvidenceJson.tree(computed).orElseThrow());
    boolean same = computed.equals(pack.file(Pack.REPORT));
    step(
        "numbers",
        same,
        same
            ? "all of " + Pack.REPORT + " computed again and equal; definition hash " + hash
            : difference
                .map(where -> Pack.REPORT + " " + where)
                .orElse(Pack.REPORT + " has other white space"));
  }

  private void verdicts(Intervals.Table table, List<Timeline> timelines) {
    int row = 0;
    for (Timeline timeline : timelines) {
      for (int i = 0; i < timeline.minutes().count(); i++) {
        String computed = timeline.verdict(i).name();
        String found = table.verdicts().get(row++);
        if (!computed.equals(found)) {
          String where = Pack.INTERVALS + " line " + (row + 1);
          step("verdicts", false, where + ": " + found + ", computed " + computed);
          return;
        }
      }
    }
    step("verdicts", true, row + " minutes judged again and equal");
  }

  private void step(String name, boolean passed, String detail) {
    steps.add(new Step(name, passed, detail));
  }
}
