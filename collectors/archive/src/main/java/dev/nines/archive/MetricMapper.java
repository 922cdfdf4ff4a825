// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.telemetry.ExponentialPointView;
import dev.nines.telemetry.HistogramPointView;
import dev.nines.telemetry.MetricWalker;
import dev.nines.telemetry.NumberPointView;
import dev.nines.telemetry.PointView;
import dev.nines.telemetry.SeriesHash;
import dev.nines.telemetry.SeriesId;
import dev.nines.telemetry.SummaryPointView;
import dev.nines.warehouse.block.NativeBlock;
import dev.nines.warehouse.sink.RecordIdentity;
import dev.nines.warehouse.sink.RowMapper;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Accepted envelopes of signal {@code metrics} to rows of {@link #TABLES}. The series come first: a
 * point that can be read has its series. Envelopes of other signals cost a look at one header.
 */
final class MetricMapper implements RowMapper {

  /** In the order in which a batch is stored. */
  static final List<String> TABLES =
      List.of(
          "metric_series",
          "metric_points",
          "metric_histograms",
          "metric_exponential_histograms",
          "metric_summaries",
          "metric_exemplars");

  /** Those of which each row is a data point. */
  static final List<String> POINT_TABLES = TABLES.subList(1, 5);

  private final MetricWalker walker = new MetricWalker();
  private final SeriesHash hash = new SeriesHash();
  private final SeriesMemory memory;
  private final SeriesRows series = new SeriesRows();
  private final NumberRows numbers = new NumberRows();
  private final HistogramRows histograms = new HistogramRows();
  private final ExponentialRows exponentials = new ExponentialRows();
  private final SummaryRows summaries = new SummaryRows();
  private final ExemplarRows exemplars = new ExemplarRows();

  MetricMapper(CollectorRegistry registry) {
    this.memory = new SeriesMemory(registry);
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<NativeBlock> blocks() {
    return List.of(
        series.block(),
        numbers.point.block(),
        histograms.point.block(),
        exponentials.point.block(),
        summaries.point.block(),
        exemplars.block());
  }

  @Override
  public @Nullable RecordIdentity identity(ConsumerRecord<byte[], byte[]> record) {
    return Signal.METRICS.has(record) ? Signal.identity(record) : null;
  }

  @Override
  public int rows(ConsumerRecord<byte[], byte[]> record) {
    return Signal.METRICS.has(record) ? Signal.items(record) : 0;
  }

  @Override
  public void append(ConsumerRecord<byte[], byte[]> record) {
    if (Signal.METRICS.has(record)) {
      Origin origin = Origin.of(record);
      begin(origin);
      walker.walk(record.value(), point -> append(origin, point));
    }
  }

  @Override
  public void clear() {
    RowMapper.super.clear();
    memory.clear();
  }

  @Override
  public void stored() {
    memory.stored();
  }

  private void begin(Origin origin) {
    numbers.point.begin(origin);
    histograms.point.begin(origin);
    exponentials.point.begin(origin);
    summaries.point.begin(origin);
    exemplars.begin(origin);
  }

  private void append(Origin origin, PointView point) {
    SeriesId id = hash.of(origin.tenant(), point);
    if (memory.needsRow(id, origin)) {
      series.put(origin, id, point);
    }
    switch (point) {
      case NumberPointView number -> numbers.put(origin, id, number);
      case HistogramPointView histogram -> histograms.put(origin, id, histogram);
      case ExponentialPointView histogram -> exponentials.put(origin, id, histogram);
      case SummaryPointView summary -> summaries.put(origin, id, summary);
    }
    exemplars.put(origin, id, point);
  }
}
