// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.openslo.Findings;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Source;
import dev.nines.objectives.openslo.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./nines slo import}: specs of Sloth as one file of OpenSLO. */
public final class SlothImport {

  /**
   * What became of the files.
   *
   * @param documents an OpenSLO document for each SLO that is translated
   * @param declared how many SLOs there are
   * @param violations what cannot be translated, by file and line
   * @param notes what is translated, and worth a look
   */
  public record Imported(
      List<String> documents, int declared, List<Violation> violations, List<Violation> notes) {

    public boolean whole() {
      return violations.isEmpty();
    }

    /** All documents as one file; empty without any. */
    public String yaml() {
      return String.join("---\n", documents);
    }
  }

  private final SlothBurn burn;
  private final Map<String, String> names = new HashMap<>();

  private SlothImport(int periodDays) {
    this.burn = new SlothBurn(periodDays);
  }

  /** Periods that Sloth has windows for, in days. */
  public static List<Integer> periodsDays() {
    return SlothBurn.PERIODS_DAYS;
  }

  /**
   * @param arrival needed only where a part of a histogram is named
   * @param periodDays one of {@link #periodsDays}
   */
  public static Imported read(List<Source> files, Optional<Arrival> arrival, int periodDays) {
    SlothImport reading = new SlothImport(periodDays);
    List<String> documents = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    List<Violation> notes = new ArrayList<>();
    int declared = 0;
    for (Source file : files) {
      Findings findings = new Findings(file.file());
      SlothReader.Read read = SlothReader.read(file, findings, arrival);
      declared += read.declared();
      read.slos().forEach(slo -> reading.document(slo, findings).ifPresent(documents::add));
      if (read.declared() == 0 && findings.count() == 0) {
        findings.refuse(0, 0, "", "required", "", "holds no spec of Sloth");
      }
      violations.addAll(findings.violations());
      notes.addAll(findings.notes());
    }
    return new Imported(documents, declared, violations, notes);
  }

  /** Empty after a complaint: of a name that is taken, or that our own reader has. */
  private Optional<String> document(SlothSlo slo, Findings findings) {
    int line = slo.line();
    String name = SloDocument.name(slo);
    String before = names.putIfAbsent(name, slo.place());
    if (before != null) {
      findings.refuse(
          line, 0, "name", "duplicate", slo.id(), "is '" + name + "' here, as that at " + before);
      return Optional.empty();
    }
    String yaml = SloDocument.yaml(slo, burn);
    List<Violation> wrong = OpenSlo.read(slo.place(), yaml).violations();
    wrong.forEach(
        found ->
            findings.refuse(
                line,
                0,
                found.path(),
                found.rule(),
                found.value(),
                "of the SLO here: " + found.message()));
    if (!wrong.isEmpty()) {
      return Optional.empty();
    }
    slo.notes().forEach(note -> findings.note(line, 0, "sli", "metric", "", note));
    String never = "'%s' is left out: at %s %% it can never fire";
    burn.of(slo).unreachable().stream()
        .map(policy -> never.formatted(policy, slo.objective().toPlainString()))
        .forEach(note -> findings.note(line, 0, "alerting", "burn-policy", "", note));
    return Optional.of(yaml);
  }
}
