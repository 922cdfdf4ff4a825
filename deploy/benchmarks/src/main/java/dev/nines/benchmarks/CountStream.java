// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.Slices;
import dev.nines.transport.JsonSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records of {@code sli.counts} as extraction writes them: four tasks a region, which number their
 * records, a record for an SLO and region that had events in 50 ms, and from each task every second
 * how far the region is complete. Keeps what it wrote, to be compared. Used by one thread.
 */
final class CountStream {

  private static final JsonSerde<CountRecord> JSON = new JsonSerde<>(CountRecord.class);
  private static final String TOPIC = ObjectiveTopics.SLI_COUNTS.name();
  private static final int TASKS = 4;
  private static final int EVENTS_MAX = 100;

  /** One event in a thousand is bad: a tenth of what a target of 0.99 allows. */
  private static final int BAD_ONE_IN = 1_000;

  private static final Duration LATENESS = Duration.ofSeconds(30);

  private final Budgets budgets;
  private final Random random = new Random(1);
  private final long[][] sequences = new long[Budgets.REGIONS.size()][TASKS];
  private final long[][] totals;

  CountStream(Budgets budgets) {
    this.budgets = budgets;
    totals = new long[budgets.slos()][Budgets.REGIONS.size()];
  }

  /** Events that were written of a budget, to this record. */
  long total(int slo, int region) {
    return totals[slo][region];
  }

  /** What one region counted for an SLO just now; of the slice before, too, one time in five. */
  ProducerRecord<byte[], byte[]> counts(int slo, int region, Instant at) {
    long slice = Slices.startOf(at);
    List<Cell> cells = new ArrayList<>();
    if (random.nextInt(5) == 0) {
      cells.add(cell(slo, region, slice - Slices.SECONDS));
    }
    cells.add(cell(slo, region, slice));
    return counts(slo, region, at, cells);
  }

  /** What a stretch of the past had: events in every other slice. */
  ProducerRecord<byte[], byte[]> history(int slo, int region, Instant from, Instant to) {
    List<Cell> cells = new ArrayList<>();
    long step = 2 * Slices.SECONDS;
    for (long slice = Slices.startOf(from); slice < to.getEpochSecond(); slice += step) {
      cells.add(cell(slo, region, slice));
    }
    return counts(slo, region, to, cells);
  }

  /** To every partition, from every task of every region. */
  List<ProducerRecord<byte[], byte[]>> progress(Instant at) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int region = 0; region < Budgets.REGIONS.size(); region++) {
      for (int task = 0; task < TASKS; task++) {
        String name = Budgets.REGIONS.get(region);
        byte[] value =
            JSON.write(
                new CountRecord.CompleteTo(
                    name,
                    task,
                    TASKS,
                    at,
                    at.minus(LATENESS),
                    false,
                    "0_" + task,
                    ++sequences[region][task]));
        for (int to = 0; to < ObjectiveTopics.SLI_COUNTS.partitions(); to++) {
          records.add(new ProducerRecord<>(TOPIC, to, name.getBytes(UTF_8), value));
        }
      }
    }
    return records;
  }

  private ProducerRecord<byte[], byte[]> counts(int slo, int region, Instant at, List<Cell> cells) {
    int task = random.nextInt(TASKS);
    CountRecord.Counts counts =
        new CountRecord.Counts(
            budgets.slo(slo),
            1,
            Budgets.REGIONS.get(region),
            at,
            cells,
            0,
            "0_" + task,
            ++sequences[region][task]);
    return new ProducerRecord<>(TOPIC, counts.slo().toString().getBytes(UTF_8), JSON.write(counts));
  }

  private Cell cell(int slo, int region, long slice) {
    long total = random.nextLong(1, EVENTS_MAX + 1L);
    long bad = random.nextInt(BAD_ONE_IN) < total ? 1 : 0;
    totals[slo][region] += total;
    return new Cell(slice, total - bad, total);
  }
}
