// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.extraction.SeriesRecord.Use;
import dev.nines.objectives.series.Addition;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Outbound;
import dev.nines.transport.Sequences;
import dev.nines.transport.Sums;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Counts what the cumulative points of its series add, and tells after that how far the first stage
 * had come. Everything that it needs to know is in the records: it has no objectives of its own.
 */
final class SeriesTask {

  static final String STREAMS = "series-streams";
  static final String PENDING = "series-pending";
  static final String SEQUENCES = "series-sequences";
  static final String REACHES = "series-reaches";

  private static final JsonSerde<SeriesRecord> JSON = new JsonSerde<>(SeriesRecord.class);
  private static final int PENDING_KEYS_MAX = 50_000;

  private final ExtractionMetrics metrics;
  private final ProcessorContext<byte[], Outbound> context;
  private final Streams streams;
  private final Sums pending;
  private final Sequences sequences;
  private final SeriesReach reaches;
  private final Emission emission;
  private int pendingKeys = 1;

  SeriesTask(
      ExtractionConfig config,
      ExtractionMetrics metrics,
      ProcessorContext<byte[], Outbound> context) {
    this.metrics = metrics;
    this.context = context;
    this.streams =
        new Streams(context.getStateStore(STREAMS), config.streamsMax(), config.streamMemory());
    this.pending = new Sums(context.getStateStore(PENDING));
    this.sequences = new Sequences(context.getStateStore(SEQUENCES));
    this.reaches = new SeriesReach(context.getStateStore(REACHES));
    this.emission = new Emission(pending, sequences, context.taskId().toString(), this::forward);
  }

  void process(byte[] value) {
    switch (JSON.read(value)) {
      case SeriesRecord.Point point -> count(point);
      case SeriesRecord.Reach reach -> reached(reach);
    }
  }

  /** Counts first, then the progress that covers them. */
  void emitCounts(long nowMillis) {
    drainCounts();
    reaches
        .take(nowMillis, context.taskId().partition())
        .forEach(reach -> emission.completeTo(reach, true));
  }

  void expire() {
    metrics.streamsExpired.inc(streams.expire());
  }

  private void count(SeriesRecord.Point point) {
    Addition addition = streams.add(point);
    metrics.seriesPoints.labels(addition.outcome().word()).inc();
    for (Use use : point.uses()) {
      if (addition.countsFor(use.sinceSeconds())) {
        MetricCounts.add(
            pending,
            use,
            use.role().of(addition.measure(), use.limit()),
            point.region(),
            point.sliceStartSeconds(),
            point.skewed(),
            point.appendedAt());
        pendingKeys++;
      }
    }
    if (pendingKeys > PENDING_KEYS_MAX) {
      drainCounts();
    }
  }

  private void reached(SeriesRecord.Reach reach) {
    if (reaches.report(reach)) {
      emitCounts(context.currentSystemTimeMs());
    }
  }

  private void drainCounts() {
    if (pendingKeys > 0) {
      metrics.counts.inc(emission.counts());
      pendingKeys = 0;
    }
  }

  private void forward(byte[] key, Outbound outbound) {
    context.forward(new Record<>(key, outbound, context.currentSystemTimeMs()));
  }
}
