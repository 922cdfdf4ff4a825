// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Defined;
import dev.nines.backtest.history.Entry.Filled;
import dev.nines.backtest.history.Entry.Head;
import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.Entry.Told;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Generation;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Writes the history of one tenant, as far as Kafka has it, into a file. */
public final class Recorder {

  private static final JsonSerde<BurnRecord> BURNS = new JsonSerde<>(BurnRecord.class);

  private final KafkaClients kafka;
  private final String tenant;

  public Recorder(String bootstrapServers, String tenant) {
    this.kafka = new KafkaClients(bootstrapServers);
    this.tenant = tenant;
  }

  /**
   * What was written.
   *
   * @param counts records of counts
   */
  public record Summary(long counts, long progress, long alerts, long minutes) {}

  /**
   * Reads each topic to the end that it has now. The file has its name once it is whole.
   *
   * @param incidents what really happened
   * @throws IOException also when Kafka does not answer
   */
  public Summary record(Path file, List<Incident> incidents) throws IOException {
    Path part = file.resolveSibling(".part-" + file.getFileName());
    try {
      Summary summary = write(part, incidents);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      return summary;
    } catch (KafkaException e) {
      throw new IOException("Kafka does not answer: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Summary write(Path file, List<Incident> incidents) throws IOException {
    try (EntryFile out = EntryFile.create(file)) {
      out.write(new Head(Entry.VERSION, tenant));
      for (Incident incident : incidents) {
        out.write(incident);
      }
      for (Generation generation : new ObjectivesTopic(kafka, tenant).generations()) {
        out.write(new Defined(generation));
      }
      long[] logged = log(out);
      long alerts = alerts(out);
      List<Entry.Kept> minutes = new LedgerTopic(kafka, tenant).minutes();
      for (Entry.Kept minute : minutes) {
        out.write(minute);
      }
      return new Summary(logged[0], logged[1], alerts, minutes.size());
    }
  }

  private long[] log(EntryFile out) throws IOException {
    long counts = 0;
    long progress = 0;
    Map<String, LeastProgress> tracks = new HashMap<>();
    try (CountLog log = new CountLog(kafka)) {
      for (Optional<CountLog.Read> read = log.next(); read.isPresent(); read = log.next()) {
        long at = read.get().at();
        switch (read.get().value()) {
          case Counts counted when counted.slo().tenant().equals(tenant) -> {
            out.write(Counted.of(at, counted));
            counts++;
          }
          case Counts ofOthers -> {}
          case Past past -> {
            if (past.slo().id().tenant().equals(tenant)) {
              out.write(new Filled(at, past));
            }
          }
          case CompleteTo told -> {
            Optional<Entry.Reported> least =
                tracks
                    .computeIfAbsent(
                        told.region() + '/' + told.series(), track -> new LeastProgress())
                    .report(at, told);
            if (least.isPresent()) {
              out.write(least.get());
              progress++;
            }
          }
        }
      }
    }
    return new long[] {counts, progress};
  }

  private long alerts(EntryFile out) throws IOException {
    long alerts = 0;
    try (TopicReader reader = new TopicReader(kafka, ObjectiveTopics.SLO_BURN)) {
      for (Optional<TopicReader.Read> read = reader.next();
          read.isPresent();
          read = reader.next()) {
        if (BURNS.read(read.get().value()) instanceof BurnRecord.Change change
            && change.slo().tenant().equals(tenant)) {
          out.write(new Told(change));
          alerts++;
        }
      }
    }
    return alerts;
  }
}
