// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.benchmarks.BenchFailedException;
import dev.nines.benchmarks.IngestBench;
import dev.nines.benchmarks.IngestOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Benchmarks, each side by side with a peer where one is asked for. */
@Command(
    name = "bench",
    description = "Run one benchmark, side by side with a peer.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = BenchCommand.Ingest.class)
final class BenchCommand {

  private static final int NO_FIGURES = 2;

  /** Peers that can be asked for. */
  enum Peer {
    otelcol
  }

  /** OTLP gRPC to Kafka. */
  @Command(
      name = "ingest",
      description = "What a span costs from OTLP gRPC to Kafka, acks=all: spans per CPU-second.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Ingest implements Callable<Integer> {

    @Option(names = "--peer", description = "Beside this one: ${COMPLETION-CANDIDATES}.")
    private @Nullable Peer peer;

    @Option(names = "--seconds", defaultValue = "10", description = "A run (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--runs", defaultValue = "5", description = "Of each (${DEFAULT-VALUE}).")
    private int runs;

    @Option(
        names = "--warmup-seconds",
        defaultValue = "15",
        description = "A step of warm-up, 0 for none (${DEFAULT-VALUE}).")
    private int warmupSeconds;

    @Option(
        names = "--rate",
        defaultValue = "40000",
        description = "Spans per second that are offered (${DEFAULT-VALUE}).")
    private int rate;

    @Option(names = "--report", paramLabel = "FILE", description = "Append figures as JSON lines.")
    private @Nullable Path report;

    /** 0 every goal reached, 1 not, 2 no figures. */
    @Override
    public Integer call() {
      IngestOptions options =
          new IngestOptions(
              peer != null, seconds, runs, warmupSeconds, rate, Optional.ofNullable(report));
      try {
        return new IngestBench(Home.folder(), options, System.out).run() ? 0 : 1;
      } catch (BenchFailedException e) {
        System.err.println("nines: " + e.getMessage());
        return NO_FIGURES;
      }
    }
  }
}
