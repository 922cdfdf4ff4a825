// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import dev.nines.shop.delivery.Attribute;
import dev.nines.shop.delivery.Nanos;
import dev.nines.shop.traffic.Call;
import dev.nines.shop.traffic.Journey;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Service;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.data.MetricData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The measuring services of a region: edge, catalog and search time their requests, checkout counts
 * its orders. A new version is a new process, whose counters begin anew.
 */
public final class Meters {

  private static final Set<Service> TIMED = Set.of(Service.EDGE, Service.CATALOG, Service.SEARCH);
  private static final double NANOS_PER_SECOND = 1e9;

  private final Region region;
  private final Clock clock;
  private final Map<Deployed, Meter> meters = new LinkedHashMap<>();

  private record Deployed(Service service, String version) {}

  public Meters(Region region, InstantSource clock) {
    this.region = region;
    this.clock = sdk(clock);
  }

  /** Measures what the services did for one request of a customer. */
  public void record(Journey journey) {
    record(journey.edge(), journey.tier());
  }

  private void record(Call call, String tier) {
    if (TIMED.contains(call.service())) {
      double seconds = (call.endNanos() - call.startNanos()) / NANOS_PER_SECOND;
      meter(call).requestSeconds().record(seconds, request(call));
    }
    if (call.service() == Service.CHECKOUT) {
      Attributes order = Attributes.of(Attribute.TIER, tier);
      meter(call).orders().add(1, order);
      if (call.failed()) {
        Attributes why = order.toBuilder().put(Attribute.STATUS, (long) call.status()).build();
        meter(call).failedOrders().add(1, why);
      }
    }
    call.calls().forEach(next -> record(next, tier));
  }

  private static Attributes request(Call call) {
    return Attributes.of(
        Attribute.METHOD, call.method(),
        Attribute.ROUTE, call.route(),
        Attribute.STATUS, (long) call.status());
  }

  private Meter meter(Call call) {
    return meters.computeIfAbsent(
        new Deployed(call.service(), call.version()),
        deployed -> Meter.start(region, deployed.service(), deployed.version(), clock));
  }

  /** All points of now; deltas begin anew behind it. */
  List<MetricData> collect() {
    List<MetricData> points = new ArrayList<>();
    meters.values().forEach(meter -> points.addAll(meter.harvest().collect()));
    return points;
  }

  private static Clock sdk(InstantSource source) {
    return new Clock() {
      @Override
      public long now() {
        return Nanos.of(source.instant());
      }

      @Override
      public long nanoTime() {
        return now();
      }
    };
  }
}
