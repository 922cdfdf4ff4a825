// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.backtest.history.History;
import dev.nines.backtest.replay.LedgerComparison;
import dev.nines.backtest.replay.Replay;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Counts decided anew by the log alone. */
@Command(
    name = "replay",
    description = "Compute all slices again from the log; print their SHA-256; compare the ledger.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {

  /** A count that comes between the readings of log and ledger is in one of them only. */
  private static final int READINGS = 3;

  private static final int DIFFERENCES_SHOWN = 20;

  @Parameters(
      paramLabel = "HISTORY",
      arity = "0..1",
      description = "File from slo record; without it Kafka is read.")
  private @Nullable Path file;

  @Option(
      names = "--telemetry",
      description =
          "Count the batches that Kafka still has (24 h) again, not only sum their counts. Cumulative"
              + " series are taken by their times: where partitions were read in another order, an"
              + " increment stands in a neighbouring slice.")
  private boolean telemetry;

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--tenant", defaultValue = "default", description = "Whose (${DEFAULT-VALUE}).")
  private String tenant = "default";

  @Option(names = "--slo", paramLabel = "NAME", description = "This SLO alone; may be repeated.")
  private Set<String> slos = Set.of();

  @Option(names = "--from", paramLabel = "TIME", description = "First minute, RFC 3339.")
  private @Nullable Instant from;

  @Option(names = "--to", paramLabel = "TIME", description = "End, not in it, RFC 3339.")
  private @Nullable Instant to;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the canonical text, which sha256sum can check.")
  private @Nullable Path out;

  /** 0 the ledger is the same, 1 it differs, 2 something cannot be read. */
  @Override
  public Integer call() {
    if (inMinute(from) || inMinute(to)) {
      System.err.println("nines: --from and --to must be whole minutes, as the ledger has them");
      return BacktestCommand.UNREADABLE;
    }
    if (file != null && telemetry) {
      System.err.println("nines: a HISTORY has counts alone; --telemetry reads Kafka");
      return BacktestCommand.UNREADABLE;
    }
    try {
      Replay.Selection selection =
          new Replay.Selection(slos, Optional.ofNullable(from), Optional.ofNullable(to));
      Replay replay = read(selection);
      LedgerComparison ledger = replay.ledger();
      for (int i = 1; file == null && !ledger.same() && i < READINGS; i++) {
        replay = read(selection);
        ledger = replay.ledger();
      }
      System.out.printf("log      %,d counts%n", replay.counts());
      System.out.printf("slices   %,d%n", replay.slices());
      System.out.printf("SHA-256  %s%n", replay.sha256());
      System.out.printf(
          "ledger   %,d minutes compared, %,d differ; %,d are not complete yet%n",
          ledger.compared(), ledger.differences().size(), ledger.open());
      ledger.differences().stream().limit(DIFFERENCES_SHOWN).forEach(System.out::println);
      if (out != null) {
        try (OutputStream text = new BufferedOutputStream(Files.newOutputStream(out))) {
          replay.write(text);
        }
      }
      return ledger.same() ? 0 : 1;
    } catch (IOException e) {
      return BacktestCommand.unreadable(e);
    }
  }

  private static boolean inMinute(@Nullable Instant time) {
    return time != null && !time.truncatedTo(ChronoUnit.MINUTES).equals(time);
  }

  private Replay read(Replay.Selection selection) throws IOException {
    if (file != null) {
      return Replay.of(History.open(file), selection);
    }
    return telemetry
        ? Replay.ofTelemetry(kafka.bootstrapServers(), tenant, selection, Instant.now())
        : Replay.of(kafka.bootstrapServers(), tenant, selection, Instant.now());
  }
}
