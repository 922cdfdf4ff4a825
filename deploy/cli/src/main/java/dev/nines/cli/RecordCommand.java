// SPDX-License-Identifier: Apache-2.0
package dev.nines.cli;

import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.History;
import dev.nines.backtest.history.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The last days of a running platform as a file, to hold policies against. */
@Command(
    name = "record",
    description = "Write what Kafka has of counts, alerts and ledger, for slo backtest and replay.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RecordCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "JSON lines; with gzip when it ends in .gz")
  private Path file = Path.of("history.jsonl.gz");

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(names = "--tenant", defaultValue = "default", description = "Whose (${DEFAULT-VALUE}).")
  private String tenant = "default";

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Incidents that really happened, one a line, to write into it.")
  private List<Path> labels = List.of();

  /** 0 recorded, 2 labels cannot be read. */
  @Override
  public Integer call() {
    try {
      List<Incident> incidents = new ArrayList<>();
      for (Path each : labels) {
        incidents.addAll(History.incidents(each));
      }
      Recorder.Summary written =
          new Recorder(kafka.bootstrapServers(), tenant).record(file, incidents);
      System.out.printf(
          "%s: %,d counts, %,d reports of progress, %,d changes of alerts, %,d minutes, %d incidents%n",
          file,
          written.counts(),
          written.progress(),
          written.alerts(),
          written.minutes(),
          incidents.size());
      return 0;
    } catch (IOException e) {
      return BacktestCommand.unreadable(e);
    }
  }
}
