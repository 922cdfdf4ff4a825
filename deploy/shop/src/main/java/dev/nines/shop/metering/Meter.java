// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import dev.nines.shop.delivery.Deployment;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Service;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import java.util.List;

/**
 * The instruments of one process. Names and bounds of the request's time are the semantic
 * conventions'; search keeps exponential buckets instead.
 */
record Meter(
    DoubleHistogram requestSeconds, LongCounter orders, LongCounter failedOrders, Harvest harvest) {

  private static final List<Double> BOUNDS =
      List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

  static Meter start(Region region, Service service, String version, Clock clock) {
    Harvest harvest = Harvest.of(region);
    SdkMeterProviderBuilder provider =
        SdkMeterProvider.builder()
            .setClock(clock)
            .setResource(Deployment.resource(region, service, version))
            .registerMetricReader(harvest);
    if (service == Service.SEARCH) {
      provider.registerView(
          InstrumentSelector.builder().setType(InstrumentType.HISTOGRAM).build(),
          View.builder().setAggregation(Aggregation.base2ExponentialBucketHistogram()).build());
    }
    var meter = provider.build().get("shop");
    return new Meter(
        meter
            .histogramBuilder("http.server.request.duration")
            .setUnit("s")
            .setExplicitBucketBoundariesAdvice(BOUNDS)
            .build(),
        meter.counterBuilder("checkout.orders").setUnit("{order}").build(),
        meter.counterBuilder("checkout.orders.failed").setUnit("{order}").build(),
        harvest);
  }
}
