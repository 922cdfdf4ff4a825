// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import dev.nines.transport.Outbound;
import dev.nines.transport.SourceRecord;
import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The second stage: one partition of {@code series.points}. */
final class SeriesProcessor implements Processor<byte[], byte[], byte[], Outbound> {

  private static final Duration COUNTS_EVERY = Duration.ofMillis(50);
  private static final Duration EXPIRY_EVERY = Duration.ofSeconds(1);

  private final ExtractionConfig config;
  private final ExtractionMetrics metrics;
  private @Nullable SeriesTask task;
  private @Nullable ProcessorContext<byte[], Outbound> context;

  SeriesProcessor(ExtractionConfig config, ExtractionMetrics metrics) {
    this.config = config;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], Outbound> given) {
    context = given;
    SeriesTask started = new SeriesTask(config, metrics, given);
    task = started;
    given.schedule(COUNTS_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> started.emitCounts(now));
    given.schedule(EXPIRY_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> started.expire());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord.forget(Objects.requireNonNull(context));
    Objects.requireNonNull(task).process(record.value());
  }
}
