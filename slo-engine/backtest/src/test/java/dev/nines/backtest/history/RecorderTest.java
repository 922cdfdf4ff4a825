// SPDX-License-Identifier: Apache-2.0
package dev.nines.backtest.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.backtest.history.Entry.Counted;
import dev.nines.backtest.history.Entry.Filled;
import dev.nines.backtest.history.Entry.Incident;
import dev.nines.backtest.history.Entry.Logged;
import dev.nines.backtest.history.Entry.Reported;
import dev.nines.backtest.replay.Replay;
import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Generation;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a real broker into a file: every count once, no progress ahead of what it covers. */
class RecorderTest {

  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final List<String> SLOS = List.of("a", "b", "c", "d", "e");
  private static final int ROUNDS = 60;

  @TempDir static Path folder;

  private final Random random = new Random(5);
  private final List<Counts> sent = new ArrayList<>();
  private long seq;

  @Test
  void recordsEachCountOnceAndReplaysToTheSameHash() throws Exception {
    try (KafkaProcess broker = broker()) {
      KafkaClients kafka = new KafkaClients(broker.bootstrapServers());
      kafka.create(
          List.of(
              ObjectiveTopics.OBJECTIVES,
              ObjectiveTopics.SLI_COUNTS,
              ObjectiveTopics.SLO_BURN,
              ObjectiveTopics.SLO_LEDGER));
      try (KafkaProducer<byte[], byte[]> producer = kafka.producer("test")) {
        write(producer);
      }
      Path file = folder.resolve("day.jsonl.gz");
      Incident incident =
          new Incident("x", START, START.plusSeconds(30), List.of("a"), List.of("eu"));
      Recorder.Summary summary =
          new Recorder(broker.bootstrapServers(), "default").record(file, List.of(incident));
      assertThat(summary.counts()).isEqualTo(sent.size());

      History history = History.open(file);
      assertThat(history.incidents()).containsExactly(incident);
      assertThat(history.generations()).hasSize(1);
      assertThat(history.ledger()).hasSize(SLOS.size());
      List<Logged> log = new ArrayList<>();
      history.play(log::add);
      assertThat(log.stream().filter(Counted.class::isInstance).map(each -> record(each, "t")))
          .containsExactlyInAnyOrderElementsOf(sent.stream().map(RecorderTest::bare).toList());
      assertThat(overtaken(log)).isEmpty();
      assertThat(log).filteredOn(Reported.class::isInstance).hasSize(ROUNDS + 1);

      Replay ofFile = Replay.of(history, Replay.Selection.ALL);
      Replay ofKafka = Replay.of(broker.bootstrapServers(), "default", Replay.Selection.ALL, START);
      assertThat(ofFile.sha256()).isEqualTo(ofKafka.sha256());
      assertThat(ofKafka.ledger().differences()).isEmpty();
      assertThat(ofKafka.ledger().compared()).isEqualTo(SLOS.size());
    }
  }

  private static KafkaProcess broker() throws Exception {
    return KafkaProcess.start(folder.resolve("kafka"));
  }

  /**
   * Each round: counts, some of them twice as a mirror would, then progress into each partition.
   */
  private void write(KafkaProducer<byte[], byte[]> producer) {
    Generation generation = new Generation("default", 1, START, List.of());
    send(
        producer,
        ObjectiveTopics.OBJECTIVES,
        0,
        START,
        new JsonSerde<>(Generation.class).write(generation));
    for (int round = 0; round < ROUNDS; round++) {
      Instant at = START.plusSeconds(round);
      for (int i = 0; i < SLOS.size(); i++) {
        if (random.nextInt(3) > 0) {
          byte[] counts = COUNTS.write(counts(SLOS.get(i), at));
          send(producer, ObjectiveTopics.SLI_COUNTS, i % 4, at, counts);
          if (random.nextInt(5) == 0) {
            send(producer, ObjectiveTopics.SLI_COUNTS, i % 4, at, counts);
          }
        }
      }
      byte[] told = COUNTS.write(progress(at));
      for (int partition = 0; partition < 4; partition++) {
        send(
            producer,
            ObjectiveTopics.SLI_COUNTS,
            partition,
            at.plusMillis(random.nextInt(4)),
            told);
      }
    }
    byte[] last = COUNTS.write(progress(START.plusSeconds(100)));
    for (int partition = 0; partition < 4; partition++) {
      send(producer, ObjectiveTopics.SLI_COUNTS, partition, START.plusSeconds(100), last);
    }
    ledger(producer);
  }

  private Counts counts(String slo, Instant at) {
    Counts counts =
        new Counts(
            new SloId("default", slo),
            1,
            "eu",
            at,
            List.of(new Cell(at.getEpochSecond() / 10 * 10, random.nextInt(9), 9)),
            0,
            "0_0",
            ++seq);
    sent.add(counts);
    return counts;
  }

  private CompleteTo progress(Instant at) {
    return new CompleteTo("eu", 0, 1, at, at.minusSeconds(5), false, "0_0", ++seq);
  }

  /** What evaluation would have made of it: one row a minute; here there is one minute. */
  private void ledger(KafkaProducer<byte[], byte[]> producer) {
    long row = 0;
    for (String slo : SLOS) {
      long good = 0;
      long total = 0;
      for (Counts counts : sent) {
        if (counts.slo().name().equals(slo)) {
          good += counts.cells().getFirst().good();
          total += counts.cells().getFirst().total();
        }
      }
      LedgerDelta delta =
          new LedgerDelta(
              new SloId("default", slo),
              1,
              1,
              "eu",
              "",
              START,
              good,
              total,
              0,
              0,
              LedgerDelta.Cause.ON_TIME,
              START,
              "0_0",
              ++row);
      byte[] value = new JsonSerde<>(LedgerDelta.class).write(delta);
      send(producer, ObjectiveTopics.SLO_LEDGER, 0, START, value);
      send(producer, ObjectiveTopics.SLO_LEDGER, 0, START, value);
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      Topic topic,
      int partition,
      Instant at,
      byte[] value) {
    producer.send(
        new ProducerRecord<>(topic.name(), partition, at.toEpochMilli(), new byte[] {1}, value));
  }

  /** Counts behind progress of a later second: progress of its second covers them. */
  private static List<Logged> overtaken(List<Logged> log) {
    long reported = Long.MIN_VALUE;
    List<Logged> overtaken = new ArrayList<>();
    for (Logged each : log) {
      switch (each) {
        case Reported told -> reported = told.progressAt();
        case Filled filled -> {}
        case Counted counted -> {
          if (counted.appendedAt() <= reported) {
            overtaken.add(counted);
          }
        }
      }
    }
    return overtaken;
  }

  private static CountRecord record(Logged logged, String task) {
    return ((Counted) logged).record(task, 0);
  }

  private static Counts bare(Counts counts) {
    return new Counts(
        counts.slo(),
        counts.line(),
        counts.region(),
        counts.appendedAt(),
        "",
        counts.cells(),
        0,
        Source.SPANS,
        false,
        "t",
        0);
  }
}
