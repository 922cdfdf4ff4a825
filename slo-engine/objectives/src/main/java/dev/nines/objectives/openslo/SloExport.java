// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.openslo;

import dev.nines.objectives.Slo;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code ./nines slo export FILE...}: all SLOs of the files as {@link SloWriter} writes them. */
public final class SloExport {

  /** Written nowhere: a file has no tenant. */
  private static final String TENANT = "default";

  private SloExport() {}

  /**
   * Prints what is wrong as {@link SloCheck} does.
   *
   * @return empty where anything is wrong or cannot be read: half of what was asked for is none
   */
  public static Optional<String> of(List<Path> files, Reading reading, PrintStream errors) {
    SourceFiles found = SourceFiles.read(files);
    found.unreadable().forEach(errors::println);
    Parsed parsed = OpenSlo.read(found.sources(), reading);
    parsed.violations().forEach(errors::println);
    SloCheck.warn(parsed, errors);
    if (!parsed.valid() || !found.unreadable().isEmpty()) {
      return Optional.empty();
    }
    List<Slo> slos = parsed.slos().stream().map(slo -> slo.of(TENANT, 1)).toList();
    return Optional.of(SloWriter.yaml(slos));
  }
}
