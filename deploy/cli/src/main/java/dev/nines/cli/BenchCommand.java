// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.benchmarks.ArchiveBench;
import dev.nines.benchmarks.ArchiveOptions;
import dev.nines.benchmarks.BenchFailedException;
import dev.nines.benchmarks.BenchOptions;
import dev.nines.benchmarks.IngestBench;
import dev.nines.benchmarks.QueryBench;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Benchmarks, each side by side with a peer where one is asked for. */
@Command(
    name = "bench",
    description = "Run one benchmark, side by side with a peer.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "NAME",
    subcommands = {BenchCommand.Ingest.class, BenchCommand.Archive.class, BenchCommand.Find.class})
final class BenchCommand {

  private static final int NO_FIGURES = 2;

  /** Peers that can be asked for. */
  enum Peer {
    otelcol
  }

  /** What is measured beside a peer takes. */
  private static final class Comparison {

    @Option(names = "--peer", description = "Beside this one: ${COMPLETION-CANDIDATES}.")
    private @Nullable Peer peer;

    @Option(names = "--runs", defaultValue = "5", description = "Of each (${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--report", paramLabel = "FILE", description = "Append figures as JSON lines.")
    private @Nullable Path report;

    boolean withPeer() {
      return peer != null;
    }

    Optional<Path> report() {
      return Optional.ofNullable(report);
    }
  }

  /** OTLP gRPC to Kafka. */
  @Command(
      name = "ingest",
      description = "What a span costs from OTLP gRPC to Kafka, acks=all: spans per CPU-second.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Ingest implements Callable<Integer> {

    @Mixin private final Comparison comparison = new Comparison();

    @Option(names = "--seconds", defaultValue = "10", description = "A run (${DEFAULT-VALUE}).")
    private int seconds;

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

    @Override
    public Integer call() {
      BenchOptions options =
          new BenchOptions(
              comparison.withPeer(),
              seconds,
              comparison.runs,
              warmupSeconds,
              rate,
              comparison.report());
      return exitCode(() -> new IngestBench(Home.folder(), options, System.out).run());
    }
  }

  /** Kafka to ClickHouse. */
  @Command(
      name = "archive",
      description = "What a span costs from Kafka to ClickHouse: spans per CPU-second.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Archive implements Callable<Integer> {

    @Mixin private final Comparison comparison = new Comparison();

    @Option(
        names = "--spans",
        defaultValue = "200000",
        description = "Backlog of a run (${DEFAULT-VALUE}).")
    private long spans;

    @Option(names = "--cold", description = "Without a warm-up.")
    private boolean cold;

    @Override
    public Integer call() {
      ArchiveOptions options =
          new ArchiveOptions(
              comparison.withPeer(), spans, comparison.runs, !cold, comparison.report());
      return exitCode(() -> new ArchiveBench(Home.folder(), options, System.out).run());
    }
  }

  /** What is stored, and how fast it is found. */
  @Command(
      name = "query",
      description = "Bytes a span on disk; a trace by its id, and searches: ms.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Find implements Callable<Integer> {

    @Option(names = "--spans", defaultValue = "10000000", description = "(${DEFAULT-VALUE}).")
    private long spans;

    @Option(names = "--report", paramLabel = "FILE", description = "Append figures as JSON lines.")
    private @Nullable Path report;

    @Override
    public Integer call() {
      return exitCode(
          () ->
              new QueryBench(Home.folder(), spans, Optional.ofNullable(report), System.out).run());
    }
  }

  /** 0 every goal reached, 1 not, 2 no figures. */
  private static int exitCode(BooleanSupplier benchmark) {
    try {
      return benchmark.getAsBoolean() ? 0 : 1;
    } catch (BenchFailedException e) {
      System.err.println("nines: " + e.getMessage());
      return NO_FIGURES;
    }
  }
}
