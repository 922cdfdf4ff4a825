// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.demo.Chaos;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Load while processes are killed. */
@Command(
    name = "chaos",
    description = "Run the shop while collectors, roles and stores are killed at random.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ChaosCommand implements Callable<Integer> {

  @Option(names = "--minutes", defaultValue = "10", description = "How long (${DEFAULT-VALUE}).")
  private double minutes;

  @Option(names = "--seed", description = "Of the shop and of the kills; drawn when absent.")
  private @Nullable Long seed;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the result as JSON.")
  private @Nullable Path report;

  /** 0 only when every promise held. */
  @Override
  public Integer call() throws IOException {
    long drawn = seed == null ? new SecureRandom().nextLong(1_000, 1_000_000) : seed;
    Chaos chaos = new Chaos(Home.folder(), minutes, drawn, Optional.ofNullable(report), System.out);
    return chaos.run().brokenPromises().isEmpty() ? 0 : 1;
  }
}
