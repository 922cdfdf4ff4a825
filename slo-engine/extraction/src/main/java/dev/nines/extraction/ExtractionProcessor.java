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

/** The first stage. A revived task starts with nothing but its stores. */
final class ExtractionProcessor implements Processor<byte[], byte[], byte[], Outbound> {

  private static final Duration COUNTS_EVERY = Duration.ofMillis(50);
  private static final Duration ROWS_EVERY = Duration.ofSeconds(1);

  private final ExtractionConfig config;
  private final Objectives objectives;
  private final ExtractionMetrics metrics;
  private @Nullable ExtractionTask task;
  private @Nullable ProcessorContext<byte[], Outbound> context;

  ExtractionProcessor(ExtractionConfig config, Objectives objectives, ExtractionMetrics metrics) {
    this.config = config;
    this.objectives = objectives;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], Outbound> given) {
    context = given;
    ExtractionTask started = new ExtractionTask(config, objectives, metrics, given);
    task = started;
    given.schedule(COUNTS_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> started.emitCounts(now));
    given.schedule(ROWS_EVERY, PunctuationType.WALL_CLOCK_TIME, now -> started.emitRows());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord.forget(Objects.requireNonNull(context));
    Objects.requireNonNull(task).process(record);
  }
}
