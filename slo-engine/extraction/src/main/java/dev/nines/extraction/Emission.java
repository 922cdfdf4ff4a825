// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.RedRollup;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums;
import dev.nines.transport.Sums.Sum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/** Turns what gathered into records; each takes the next number of its region and task. */
final class Emission {

  static final char ACCOUNTING = 'a';

  /** Cells of one record, of about 50 bytes each: a record over 1 MiB would stop the task. */
  private static final int CELLS_MAX = 5_000;

  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final JsonSerde<SeriesRecord> SERIES = new JsonSerde<>(SeriesRecord.class);
  private static final JsonSerde<RedRollup> ROLLUPS = new JsonSerde<>(RedRollup.class);
  private static final JsonSerde<AccountingEntry> ENTRIES = new JsonSerde<>(AccountingEntry.class);

  private final Sums pending;
  private final Sequences sequences;
  private final String task;
  private final BiConsumer<byte[], Outbound> out;

  Emission(Sums pending, Sequences sequences, String task, BiConsumer<byte[], Outbound> out) {
    this.pending = pending;
    this.sequences = sequences;
    this.task = task;
    this.out = out;
  }

  /** One record per SLO, line, region and group with 5,000 of its slices; returns how many. */
  int counts() {
    return counts(pending.drain(BatchCounts.KIND)) + counts(pending.drain(MetricCounts.KIND));
  }

  private int counts(List<Sum> sums) {
    int records = 0;
    int from = 0;
    while (from < sums.size()) {
      int to = from + 1;
      while (to < sums.size()
          && to - from < CELLS_MAX
          && together(sums.get(from).key(), sums.get(to).key())) {
        to++;
      }
      record(sums.subList(from, to));
      records++;
      from = to;
    }
    return records;
  }

  void rollups() {
    for (Sum sum : pending.drain(BatchRollups.KIND)) {
      List<String> texts = sum.key().texts();
      long[] values = sum.values();
      String region = texts.get(1);
      RedRollup rollup =
          new RedRollup(
              texts.get(0),
              region,
              texts.get(2),
              texts.get(3),
              texts.get(4),
              Instant.ofEpochSecond(sum.key().numbers().getFirst()),
              values[0],
              values[1],
              values[2],
              Arrays.stream(values, 3, values.length).boxed().toList(),
              task,
              sequences.next(region));
      byte[] key = (texts.get(0) + '/' + texts.get(2)).getBytes(UTF_8);
      out.accept(key, Outbound.byKey(TelemetryTopics.RED_ROLLUPS, ROLLUPS.write(rollup)));
    }
  }

  void accounting() {
    for (Sum sum : pending.drain(ACCOUNTING)) {
      List<String> texts = sum.key().texts();
      AccountingEntry entry =
          new AccountingEntry(
              texts.get(0),
              texts.get(1),
              texts.get(2),
              AccountingEntry.Heading.valueOf(texts.get(3)),
              texts.get(4),
              sum.values()[0],
              task,
              sequences.next(texts.get(1)),
              Instant.ofEpochMilli(sum.latest()));
      byte[] key = (texts.get(0) + '/' + texts.get(1)).getBytes(UTF_8);
      out.accept(key, Outbound.byKey(TelemetryTopics.ACCOUNTING, ENTRIES.write(entry)));
    }
  }

  /** Must follow {@link #counts}: it covers what was written before. */
  void completeTo(SeriesRecord.Reach reach, boolean series) {
    CountRecord record =
        new CountRecord.CompleteTo(
            reach.region(),
            reach.partition(),
            reach.partitions(),
            reach.progressAt(),
            reach.completeTo(),
            reach.goodbye(),
            series,
            task,
            sequences.next(reach.region()));
    out.accept(
        reach.region().getBytes(UTF_8),
        Outbound.toEvery(ObjectiveTopics.SLI_COUNTS, COUNTS.write(record)));
  }

  void point(SeriesRecord.Point point) {
    out.accept(
        point.series().getBytes(UTF_8),
        Outbound.byKey(TelemetryTopics.SERIES_POINTS, SERIES.write(point)));
  }

  /** Must follow every {@link #point} that it covers. */
  void reach(SeriesRecord.Reach reach) {
    out.accept(
        reach.region().getBytes(UTF_8),
        Outbound.toEvery(TelemetryTopics.SERIES_POINTS, SERIES.write(reach)));
  }

  private void record(List<Sum> sums) {
    SumKey key = sums.getFirst().key();
    boolean spans = key.kind() == BatchCounts.KIND;
    List<CountRecord.Cell> cells = new ArrayList<>(sums.size());
    long skewed = 0;
    long latest = Long.MIN_VALUE;
    for (Sum sum : sums) {
      long[] values = sum.values();
      long slice = sum.key().numbers().get(1);
      cells.add(
          spans
              ? new CountRecord.Cell(slice, values[0], values[1])
              : new CountRecord.Cell(slice, values[0] - values[4], values[1], values[3]));
      skewed = Sums.capped(skewed, values[2]);
      latest = Math.max(latest, sum.latest());
    }
    String slo = key.texts().get(0);
    String region = key.texts().get(1);
    CountRecord record =
        new CountRecord.Counts(
            SloId.parse(slo),
            key.numbers().get(0),
            region,
            key.texts().get(2),
            Instant.ofEpochMilli(latest),
            cells,
            skewed,
            spans ? Source.SPANS : Source.valueOf(key.texts().get(3)),
            task,
            sequences.next(region));
    out.accept(
        slo.getBytes(UTF_8), Outbound.byKey(ObjectiveTopics.SLI_COUNTS, COUNTS.write(record)));
  }

  private static boolean together(SumKey a, SumKey b) {
    return a.texts().equals(b.texts()) && a.numbers().getFirst().equals(b.numbers().getFirst());
  }
}
