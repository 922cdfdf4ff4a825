// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import dev.nines.transport.Outbound;
import dev.nines.transport.SourceRecord;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The only processor of the topology. A revived task starts with nothing but its stores. */
final class EvaluationProcessor implements Processor<byte[], byte[], byte[], Outbound> {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final EvaluationConfig config;
  private final Objectives objectives;
  private final EvaluationMetrics metrics;
  private final LongSupplier nanoTime;
  private @Nullable EvaluationTask task;
  private @Nullable ProcessorContext<byte[], Outbound> context;

  EvaluationProcessor(
      EvaluationConfig config,
      Objectives objectives,
      EvaluationMetrics metrics,
      LongSupplier nanoTime) {
    this.config = config;
    this.objectives = objectives;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  @Override
  public void init(ProcessorContext<byte[], Outbound> given) {
    context = given;
    EvaluationTask started = new EvaluationTask(objectives, metrics, given, nanoTime);
    task = started;
    given.schedule(config.statusEvery(), PunctuationType.WALL_CLOCK_TIME, started::tick);
    given.schedule(SECOND, PunctuationType.WALL_CLOCK_TIME, started::everySecond);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    SourceRecord.forget(Objects.requireNonNull(context));
    Objects.requireNonNull(task).process(record);
  }
}
