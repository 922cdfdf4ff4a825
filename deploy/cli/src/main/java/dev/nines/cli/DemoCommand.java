// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.demo.DemoOptions;
import dev.nines.demo.DemoOptions.Sabotage;
import dev.nines.demo.DemoOptions.Story;
import dev.nines.demo.Director;
import dev.nines.demo.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole mission in a throw-away folder, checked against the shop's own tally. */
@Command(
    name = "demo",
    description =
        "Run a shop in ten regions through a bad day, and check every promise against its tally.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  @Option(names = "--seed", defaultValue = "7", description = "Same seed, same day.")
  private long seed;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the result as JSON.")
  private @Nullable Path report;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = "Write the day as a history for slo backtest.")
  private @Nullable Path record;

  @Option(names = "--spans", defaultValue = "230000", description = "About how many spans.")
  private long spans;

  @Option(names = "--seconds", defaultValue = "120", description = "How long the shop is open.")
  private long seconds;

  @Option(
      names = "--kill",
      paramLabel = "CHILD",
      description = "SIGKILL kafka, clickhouse, postgres or server in the middle.")
  private @Nullable String kill;

  @Option(
      names = "--sabotage",
      defaultValue = "NONE",
      description = "Make the platform lie from outside: ${COMPLETION-CANDIDATES}.")
  private Sabotage sabotage = Sabotage.NONE;

  /** 0 only when every promise held. */
  @Override
  public Integer call() throws IOException {
    DemoOptions options =
        new DemoOptions(
            seed,
            spans,
            seconds,
            Optional.ofNullable(report),
            Optional.ofNullable(record),
            Optional.ofNullable(kill),
            List.of(),
            Story.DEFAULT,
            sabotage);
    boolean terminal = System.console() != null && System.console().isTerminal();
    Report result = new Director(Home.folder(), options, System.out, terminal).run();
    return result.brokenPromises().isEmpty() ? 0 : 1;
  }
}
