// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.objectives.openslo.SloCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** SLOs as code. */
@Command(
    name = "slo",
    description = "SLOs as code.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = SloCommand.Check.class)
final class SloCommand {

  /** All mistakes of all files at once. */
  @Command(
      name = "check",
      description = "Check OpenSLO files; prints file:line:column path: message for each mistake.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "OpenSLO YAML")
    private List<Path> files = List.of();

    /** 0 valid, 1 mistakes, 2 a file cannot be read. */
    @Override
    public Integer call() {
      return SloCheck.run(files, System.out);
    }
  }
}
