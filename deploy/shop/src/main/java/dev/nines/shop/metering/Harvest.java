// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import dev.nines.shop.traffic.Region;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.util.Collection;

/** Reads the instruments of one service whenever it is told to, on the caller's thread. */
final class Harvest implements MetricReader {

  private final AggregationTemporalitySelector temporality;
  private CollectionRegistration instruments = CollectionRegistration.noop();

  private Harvest(AggregationTemporalitySelector temporality) {
    this.temporality = temporality;
  }

  /** Pairs of neighbours take turns, so that either transport has both temporalities. */
  static Harvest of(Region region) {
    return new Harvest(
        region.ordinal() / 2 % 2 == 0
            ? AggregationTemporalitySelector.alwaysCumulative()
            : AggregationTemporalitySelector.deltaPreferred());
  }

  Collection<MetricData> collect() {
    return instruments.collectAllMetrics();
  }

  @Override
  public void register(CollectionRegistration registration) {
    instruments = registration;
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return temporality.getAggregationTemporality(type);
  }

  @Override
  public Aggregation getDefaultAggregation(InstrumentType type) {
    return Aggregation.defaultAggregation();
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }
}
