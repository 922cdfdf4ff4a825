// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.prober.definition.ProbeFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Probes as code. */
@Command(
    name = "probe",
    description = "Probes as code.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ProbeCommand.Check.class)
final class ProbeCommand {

  /** All mistakes of all files at once. */
  @Command(
      name = "check",
      description =
          "Check files of probes; prints file:line:column path: message for each mistake.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "YAML")
    private List<Path> files = List.of();

    /** 0 valid, 1 mistakes. */
    @Override
    public Integer call() {
      return ProbeFiles.check(files, System.out);
    }
  }
}
