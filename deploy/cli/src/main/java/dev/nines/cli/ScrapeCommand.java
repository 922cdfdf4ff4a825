// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.scraper.definition.ScrapeFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What is scraped. */
@Command(
    name = "scrape",
    description = "What is scraped.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ScrapeCommand.Check.class)
final class ScrapeCommand {

  /** All mistakes at once. */
  @Command(
      name = "check",
      description =
          "Check the file of nines.scrape-configs, as in a prometheus.yml;"
              + " prints file:line:column path: message for each mistake.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "YAML")
    private Path file = Path.of("prometheus.yml");

    /** 0 valid, 1 mistakes. */
    @Override
    public Integer call() {
      return ScrapeFile.check(file, System.out);
    }
  }
}
