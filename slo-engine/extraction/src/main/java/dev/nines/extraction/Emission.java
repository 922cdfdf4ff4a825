// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.RedRollup;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.telemetry.TraceInterest;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import dev.nines.transport.Sums.Sum;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Turns what gathered into records; each takes the next number of its region and task. */
final class Emission {

  static final char ACCOUNTING = 'a';

  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final JsonSerde<SeriesRecord> SERIES = new JsonSerde<>(SeriesRecord.class);
  private static final JsonSerde<RedRollup> ROLLUPS = new JsonSerde<>(RedRollup.class);
  private static final JsonSerde<TraceInterest> INTERESTS = new JsonSerde<>(TraceInterest.class);
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

  /**
   * One record per SLO, line and region, or some where one would be too long; returns how many.
   * Counts of one composite are judged with its last record, in one partition.
   */
  int counts() {
    return counts(pending.drain(BatchCounts.KIND)) + counts(pending.drain(MetricCounts.KIND));
  }

  private int counts(List<Sum> sums) {
    Map<CountRecords.Stream, List<Sum>> streams = new LinkedHashMap<>();
    for (Sum sum : sums) {
      streams
          .computeIfAbsent(CountRecords.Stream.of(sum.key()), stream -> new ArrayList<>())
          .add(sum);
    }
    Map<List<String>, CountRecords.Stream> last = new HashMap<>();
    streams.keySet().forEach(stream -> last.put(stream.together(), stream));
    int records = 0;
    for (Map.Entry<CountRecords.Stream, List<Sum>> entry : streams.entrySet()) {
      CountRecords.Stream stream = entry.getKey();
      for (CountRecords.Part part : CountRecords.parts(entry.getValue())) {
        byte[] key = SloId.parse(stream.slo()).whole().toString().getBytes(UTF_8);
        boolean more = part.partial() || !stream.equals(last.get(stream.together()));
        CountRecord record = stream.record(part, more, task, sequences.next(stream.region()));
        out.accept(key, Outbound.byKey(ObjectiveTopics.SLI_COUNTS, COUNTS.write(record)));
        records++;
      }
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

  void interest(TraceInterest interest) {
    out.accept(
        interest.tenant().getBytes(UTF_8),
        Outbound.byKey(TelemetryTopics.TRACE_INTEREST, INTERESTS.write(interest)));
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
}
