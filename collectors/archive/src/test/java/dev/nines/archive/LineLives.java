// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.evaluation.Evaluation;
import dev.nines.evaluation.EvaluationConfig;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Past;
import dev.nines.objectives.Generation;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Topic;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.Stores;

/**
 * The lives of the lines of one SLO through the real evaluation: each counts its own time, and is
 * back-filled with the time before. What was counted, and when, is kept here event by event.
 */
final class LineLives implements AutoCloseable {

  static final List<String> REGIONS = List.of("eu", "us");

  /** After the instant of a step, so that no count of that step is known at the same time. */
  private static final Duration BEHIND = Duration.ofMillis(3);

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final Duration LATENESS = Duration.ofSeconds(30);
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);

  final List<Event> events = new ArrayList<>();
  final List<Known> known = new ArrayList<>();
  final List<Reach> reaches = new ArrayList<>();
  final List<SloStatus> statuses = new ArrayList<>();
  final List<LedgerDelta> deltas = new ArrayList<>();
  private final List<Life> lives;
  private final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> counts;
  private final Map<String, Long> sequences = new HashMap<>();
  private Instant now;

  /**
   * @param to its SLO was removed or changed then
   * @param first no line was before it
   */
  record Life(Slo slo, Instant from, Instant to, boolean first) {

    boolean owns(Event event) {
      return !event.slice().isBefore(from) && event.slice().isBefore(to);
    }
  }

  /**
   * @param selected bit of each line's selector
   * @param comes when it is read by extraction and inserted into the store
   */
  record Event(String region, Instant slice, boolean good, int selected, Instant comes) {

    boolean isOf(Life life) {
      return (selected >> life.slo().line() & 1) == 1;
    }
  }

  /** That a line counted an event was known from an instant on. */
  record Known(Event event, Life life, boolean past, Instant at) {}

  /** A line's past reached back to a minute from an instant on. */
  record Reach(Life life, Instant minute, Instant at) {}

  LineLives(Path folder, Instant start, List<Life> lives) {
    this.now = start;
    this.lives = lives;
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "lives");
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
    properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
    this.driver =
        new TopologyTestDriver(
            Evaluation.topology(
                EvaluationConfig.of("unused:1", folder, "0"),
                generations(lives),
                new CollectorRegistry(),
                Stores::inMemoryKeyValueStore),
            properties,
            start);
    this.counts =
        driver.createInputTopic(
            ObjectiveTopics.SLI_COUNTS.name(),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Busy and quiet stretches of every region; some events come late, a few very late. */
  void traffic(Random random, Instant from, Instant to) {
    for (String region : REGIONS) {
      for (Instant slice = from; slice.isBefore(to); slice = slice.plus(STEP)) {
        for (int i = random.nextInt(8) - 4; i > 0; i--) {
          int late = random.nextInt(8) == 0 ? random.nextInt(4_000) : random.nextInt(25);
          Instant comes = slice.plus(STEP).plusSeconds(late);
          events.add(
              new Event(region, slice, random.nextInt(4) > 0, random.nextInt(1 << 8), comes));
        }
      }
    }
  }

  Instant now() {
    return now;
  }

  /** Ten seconds: what came in them is counted by the line that its slice belongs to. */
  void step() {
    Instant before = now;
    now = now.plus(STEP);
    driver.advanceWallClockTime(STEP);
    Predicate<Event> came = e -> e.comes().isAfter(before) && !e.comes().isAfter(now);
    for (Life life : lives) {
      for (String region : REGIONS) {
        List<Event> mine =
            events.stream()
                .filter(came)
                .filter(e -> e.region().equals(region) && life.owns(e) && e.isOf(life))
                .toList();
        if (!mine.isEmpty()) {
          mine.forEach(event -> known.add(new Known(event, life, false, now)));
          send(counts(life, region, cells(mine, 10)));
        }
      }
    }
    REGIONS.forEach(region -> send(complete(region)));
    gather();
  }

  /** The ledger goes out once a second. */
  void settle() {
    driver.advanceWallClockTime(Duration.ofSeconds(2));
    gather();
  }

  private void gather() {
    statuses.addAll(read(ObjectiveTopics.SLO_STATUS, SloStatus.class));
    deltas.addAll(read(ObjectiveTopics.SLO_LEDGER, LedgerDelta.class));
  }

  /** What the store has of a stretch before a line, by when it was inserted; once or twice sent. */
  void fill(Life life, Instant from, Instant to, Instant seenFrom, Instant seenTo, boolean twice) {
    Map<String, List<Cell>> regions = new TreeMap<>();
    Instant at = now.plus(BEHIND);
    for (String region : REGIONS) {
      List<Event> found =
          events.stream()
              .filter(e -> e.region().equals(region) && e.isOf(life))
              .filter(e -> !e.slice().isBefore(from) && e.slice().isBefore(to))
              .filter(e -> !e.comes().isBefore(seenFrom) && e.comes().isBefore(seenTo))
              .toList();
      if (!found.isEmpty()) {
        found.forEach(event -> known.add(new Known(event, life, true, at)));
        boolean fine = from.isAfter(life.from().minus(Duration.ofHours(3)));
        regions.put(region, cells(found, fine ? 10 : 60));
      }
    }
    reaches.add(new Reach(life, from, at));
    String task = "back-fill#" + life.slo().line();
    long seq = sequences.merge(task, 1L, Long::sum);
    Past past = new Past(life.slo(), life.from(), from, to, at, life.first(), regions, task, seq);
    send(past);
    if (twice) {
      send(past);
    }
  }

  /** The line in force; empty while the SLO is removed. */
  Optional<Life> inForce(Instant at) {
    return lives.stream()
        .filter(life -> !life.from().isAfter(at) && life.to().isAfter(at))
        .findFirst();
  }

  @Override
  public void close() {
    driver.close();
  }

  private static List<Generation> generations(List<Life> lives) {
    List<Generation> generations = new ArrayList<>();
    for (int i = 0; i < lives.size(); i++) {
      Life life = lives.get(i);
      long number = life.slo().line();
      String tenant = life.slo().id().tenant();
      generations.add(new Generation(tenant, number, life.from(), List.of(life.slo())));
      boolean removed = i + 1 < lives.size() && lives.get(i + 1).from().isAfter(life.to());
      if (removed) {
        generations.add(new Generation(tenant, number + 1, life.to(), List.of()));
      }
    }
    return generations;
  }

  private Counts counts(Life life, String region, List<Cell> cells) {
    return new Counts(
        life.slo().id(), life.slo().line(), region, now, cells, 0, "0_0", next(region));
  }

  private CompleteTo complete(String region) {
    return new CompleteTo(region, 0, 1, now, now.minus(LATENESS), false, "0_0", next(region));
  }

  private static List<Cell> cells(List<Event> events, long seconds) {
    TreeMap<Long, long[]> sums = new TreeMap<>();
    for (Event event : events) {
      long start = Math.floorDiv(event.slice().getEpochSecond(), seconds) * seconds;
      long[] sum = sums.computeIfAbsent(start, absent -> new long[2]);
      sum[0] += event.good() ? 1 : 0;
      sum[1]++;
    }
    return sums.entrySet().stream()
        .map(each -> new Cell(each.getKey(), each.getValue()[0], each.getValue()[1]))
        .toList();
  }

  private void send(CountRecord record) {
    counts.pipeInput(new byte[0], COUNTS.write(record), now);
  }

  private <T> List<T> read(Topic topic, Class<T> type) {
    JsonSerde<T> json = new JsonSerde<>(type);
    return driver
        .createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readValuesToList()
        .stream()
        .map(json::read)
        .toList();
  }

  private long next(String region) {
    return sequences.merge(region, 1L, Long::sum);
  }
}
