// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.benchmarks.ArchiveBench;
import dev.nines.benchmarks.ArchiveOptions;
import dev.nines.benchmarks.BenchFailedException;
import dev.nines.benchmarks.BenchOptions;
import dev.nines.benchmarks.EngineBench;
import dev.nines.benchmarks.EngineOptions;
import dev.nines.benchmarks.ExtractionBench;
import dev.nines.benchmarks.ExtractionOptions;
import dev.nines.benchmarks.IngestBench;
import dev.nines.benchmarks.QueryBench;
import dev.nines.benchmarks.page.PageBench;
import dev.nines.benchmarks.page.PageOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    subcommands = {
      BenchCommand.Ingest.class,
      BenchCommand.Extraction.class,
      BenchCommand.Engine.class,
      BenchCommand.Archive.class,
      BenchCommand.Find.class,
      BenchCommand.Pages.class
    })
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

  /** What runs without a peer takes. */
  private static final class Alone {

    @Option(names = "--runs", defaultValue = "5", description = "That count (${DEFAULT-VALUE}).")
    private int runs;

    @Option(names = "--cold", description = "Without a warm-up.")
    private boolean cold;

    @Option(names = "--report", paramLabel = "FILE", description = "Append figures as JSON lines.")
    private @Nullable Path report;

    Optional<Path> report() {
      return Optional.ofNullable(report);
    }
  }

  /** Kafka to Kafka: what counts. */
  @Command(
      name = "extraction",
      description = "What a span costs to be counted for 100 SLOs: spans per CPU-second.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Extraction implements Callable<Integer> {

    @Mixin private final Alone alone = new Alone();

    @Option(
        names = "--spans",
        defaultValue = "1000000",
        description = "Backlog of a run (${DEFAULT-VALUE}).")
    private long spans;

    @Override
    public Integer call() {
      ExtractionOptions options =
          new ExtractionOptions(spans, alone.runs, !alone.cold, alone.report());
      return exitCode(() -> new ExtractionBench(Home.folder(), options, System.out).run());
    }
  }

  /** Counts to budgets. */
  @Command(
      name = "engine",
      description = "What a count record costs; 100,000 budgets: memory, delay, return.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Engine implements Callable<Integer> {

    @Mixin private final Alone alone = new Alone();

    @Option(
        names = "--records",
        defaultValue = "500000",
        description = "Backlog of a run (${DEFAULT-VALUE}).")
    private int records;

    @Option(
        names = "--budgets",
        defaultValue = "100000",
        description = "Loaded; a twentieth is touched each second (${DEFAULT-VALUE}).")
    private int budgets;

    @Option(
        names = "--history-minutes",
        defaultValue = "120",
        description = "Of each budget (${DEFAULT-VALUE}).")
    private int historyMinutes;

    @Option(
        names = "--held-seconds",
        defaultValue = "60",
        description = "For how long budgets are touched (${DEFAULT-VALUE}).")
    private int heldSeconds;

    @Override
    public Integer call() {
      EngineOptions options =
          new EngineOptions(
              records,
              alone.runs,
              !alone.cold,
              budgets,
              Duration.ofMinutes(historyMinutes),
              Duration.ofSeconds(heldSeconds),
              alone.report());
      return exitCode(() -> new EngineBench(Home.folder(), options, System.out).run());
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

  /** From a burning budget to the page. */
  @Command(
      name = "page",
      description = "How long after its policy holds a page comes, at a total outage.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Pages implements Callable<Integer> {

    /** Peers that can be asked for. */
    enum Peer {
      prometheus
    }

    @Option(names = "--peer", description = "Beside this one: ${COMPLETION-CANDIDATES}.")
    private @Nullable Peer peer;

    @Option(
        names = "--slos",
        split = ",",
        defaultValue = "1,2000,10000",
        description = "SLOs loaded, a run each (${DEFAULT-VALUE}).")
    private List<Integer> slos = List.of();

    @Option(
        names = "--peer-slos",
        split = ",",
        defaultValue = "1,2000",
        description = "SLOs that the peer has, a run each (${DEFAULT-VALUE}).")
    private List<Integer> peerSlos = List.of();

    @Option(
        names = "--failing",
        defaultValue = "100",
        description = "SLOs that fail in a run, a second apart (${DEFAULT-VALUE}).")
    private int failing;

    @Option(
        names = "--ones",
        defaultValue = "5",
        description = "Runs with one SLO, each for a page (${DEFAULT-VALUE}).")
    private int ones;

    @Option(
        names = "--clean-seconds",
        defaultValue = "60",
        description = "Before the first outage (${DEFAULT-VALUE}).")
    private int cleanSeconds;

    @Option(names = "--report", paramLabel = "FILE", description = "Append figures as JSON lines.")
    private @Nullable Path report;

    @Override
    public Integer call() {
      PageOptions options =
          new PageOptions(
              slos,
              failing,
              peer == null ? List.of() : peerSlos,
              ones,
              Duration.ofSeconds(cleanSeconds),
              Optional.ofNullable(report));
      return exitCode(() -> new PageBench(Home.folder(), options, System.out).run());
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
