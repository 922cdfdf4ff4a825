// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.embedded.StartFailedException;
import java.math.BigDecimal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.TypeConversionException;

/** {@code nines COMMAND}. */
@Command(
    name = "nines",
    description = "Observability and SLO platform.",
    mixinStandardHelpOptions = true,
    version = "0.1.0",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      RoleCommand.class,
      DemoCommand.class,
      SloCommand.class,
      SlaCommand.class,
      ProbeCommand.class,
      ScrapeCommand.class,
      ProveCommand.class,
      ChaosCommand.class,
      BenchCommand.class,
      HelpCommand.class
    })
public final class Main {

  private static final int CANNOT_START = 2;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setUsageHelpAutoWidth(true);
    commandLine.registerConverter(BigDecimal.class, Main::number);
    commandLine.setExecutionExceptionHandler(Main::report);
    return commandLine;
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is no number");
    }
  }

  /** A start that fails has its whole story in the message; anything else is a defect of ours. */
  private static int report(
      Exception failure, CommandLine commandLine, CommandLine.ParseResult arguments)
      throws Exception {
    if (failure instanceof StartFailedException) {
      commandLine.getErr().println("nines: " + failure.getMessage());
      return CANNOT_START;
    }
    throw failure;
  }
}
