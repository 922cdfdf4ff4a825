// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import dev.nines.objectives.openslo.Findings;
import dev.nines.objectives.openslo.Violation;
import dev.nines.objectives.openslo.YamlDocuments;
import dev.nines.objectives.openslo.YamlValue;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads files of probes; names are unique over all of them. */
public final class ProbeFiles {

  public static final int VALID = 0;
  public static final int INVALID = 1;

  static final int PROBES_MAX = 200;
  static final int TARGETS_MAX = 1_000;
  private static final int CHARACTERS_MAX = 1 << 20;

  private ProbeFiles() {}

  public static ParsedProbes read(List<Path> files) {
    List<Probe> probes = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      Findings findings = new Findings(file.toString());
      read(file, names, findings, probes);
      violations.addAll(findings.violations());
    }
    return new ParsedProbes(List.copyOf(probes), List.copyOf(violations));
  }

  /**
   * As {@link #read}.
   *
   * @throws IllegalArgumentException with every violation
   */
  public static List<Probe> require(List<Path> files) {
    ParsedProbes parsed = read(files);
    if (!parsed.valid()) {
      throw new IllegalArgumentException(
          parsed.violations().stream()
              .map(Violation::toString)
              .collect(Collectors.joining("\n", "nines.probes:\n", "")));
    }
    return parsed.probes();
  }

  /**
   * {@code ./nines probe check FILE...}: prints {@code file:line:column path: message} for each
   * violation, and a last line with the count.
   *
   * @return the exit code, {@link #VALID} or {@link #INVALID}
   */
  public static int check(List<Path> files, PrintStream out) {
    ParsedProbes parsed = read(files);
    parsed.violations().forEach(out::println);
    out.println(
        parsed.probes().size()
            + " valid probes, "
            + parsed.violations().size()
            + " errors in "
            + files.size()
            + " files");
    return parsed.valid() ? VALID : INVALID;
  }

  private static void read(Path file, Set<String> names, Findings findings, List<Probe> probes) {
    Optional<String> text = text(file, findings);
    if (text.isEmpty()) {
      return;
    }
    ProbeReader reader = new ProbeReader(file, names);
    YamlDocuments.read(
        text.get(),
        CHARACTERS_MAX,
        findings,
        node -> {
          YamlValue document = new YamlValue(node, "", findings);
          reader.read(document).ifPresent(probes::add);
          bounds(document, names, probes);
        });
  }

  private static Optional<String> text(Path file, Findings findings) {
    try {
      return Optional.of(Files.readString(file));
    } catch (MalformedInputException e) {
      findings.refuse(0, 0, "", "syntax", "", "is not UTF-8 text");
    } catch (IOException e) {
      findings.refuse(0, 0, "", "unreadable", "", "cannot be read: " + e);
    }
    return Optional.empty();
  }

  /** Said of the probe that goes beyond a limit. */
  private static void bounds(YamlValue document, Set<String> names, List<Probe> probes) {
    if (names.size() == PROBES_MAX + 1) {
      document.refuse("length", "is probe " + names.size() + "; at most " + PROBES_MAX + " may be");
    }
    int targets = probes.stream().mapToInt(probe -> probe.targets().size()).sum();
    int before = probes.isEmpty() ? 0 : targets - probes.getLast().targets().size();
    if (targets > TARGETS_MAX && before <= TARGETS_MAX) {
      document.refuse(
          "length", "is where targets become " + targets + "; at most " + TARGETS_MAX + " may be");
    }
  }
}
