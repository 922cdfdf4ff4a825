// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.metering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.shop.traffic.Call;
import dev.nines.shop.traffic.Journey;
import dev.nines.shop.traffic.Region;
import dev.nines.shop.traffic.Service;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the instruments say is what happened, since the last time or since the beginning. */
class MetersTest {

  private static final Region CUMULATIVE = Region.US_EAST_1;
  private static final Region DELTA = Region.CA_CENTRAL_1;

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void ordersAddUpWhereTheyAreCumulative() {
    Meters meters = new Meters(CUMULATIVE, () -> now);
    meters.record(checkout("4.7.3", 200, 20));
    List<PointLine> first = collect(meters, CUMULATIVE);
    meters.record(checkout("4.7.3", 500, 20));
    List<PointLine> second = collect(meters, CUMULATIVE);
    assertThat(orders(first)).singleElement().returns(1L, PointLine::value);
    assertThat(orders(second)).singleElement().returns(2L, PointLine::value);
    assertThat(orders(second).getFirst().startNanos())
        .isEqualTo(orders(first).getFirst().startNanos());
  }

  @Test
  void ordersBeginAnewWhereTheyAreDeltas() {
    Meters meters = new Meters(DELTA, () -> now);
    meters.record(checkout("4.7.3", 200, 20));
    List<PointLine> first = collect(meters, DELTA);
    meters.record(checkout("4.7.3", 200, 20));
    meters.record(checkout("4.7.3", 200, 20));
    List<PointLine> second = collect(meters, DELTA);
    assertThat(orders(first)).singleElement().returns(1L, PointLine::value);
    assertThat(orders(second)).singleElement().returns(2L, PointLine::value);
    assertThat(orders(second).getFirst().startNanos())
        .isEqualTo(orders(first).getFirst().timeNanos());
    assertThat(collect(meters, DELTA)).isEmpty();
  }

  @Test
  void aFailedOrderSaysWhy() {
    Meters meters = new Meters(CUMULATIVE, () -> now);
    meters.record(checkout("4.7.3", 503, 20));
    assertThat(collect(meters, CUMULATIVE))
        .filteredOn(line -> line.metric().equals("checkout.orders.failed"))
        .singleElement()
        .returns(
            Map.of("customer.tier", "plus", "http.response.status_code", "503"),
            PointLine::attributes);
  }

  @Test
  void aNewVersionCountsFromItsOwnStart() {
    Meters meters = new Meters(CUMULATIVE, () -> now);
    meters.record(checkout("4.7.3", 200, 20));
    collect(meters, CUMULATIVE);
    meters.record(checkout("4.8.0", 200, 20));
    assertThat(orders(collect(meters, CUMULATIVE)))
        .extracting(PointLine::version, PointLine::value)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("4.7.3", 1L),
            org.assertj.core.groups.Tuple.tuple("4.8.0", 1L));
  }

  @Test
  void aRequestFallsIntoTheBucketOfItsTime() {
    Meters meters = new Meters(CUMULATIVE, () -> now);
    meters.record(checkout("4.7.3", 200, 20));
    meters.record(checkout("4.7.3", 200, 50));
    meters.record(checkout("4.7.3", 200, 51));
    PointLine edge =
        collect(meters, CUMULATIVE).stream()
            .filter(line -> line.service().equals("edge"))
            .findFirst()
            .orElseThrow();
    assertThat(edge.histogram()).isNotNull();
    assertThat(edge.histogram().counts()).startsWith(0L, 0L, 1L, 1L, 1L, 0L);
    assertThat(edge.histogram().sum()).isEqualTo(0.121);
  }

  private List<PointLine> collect(Meters meters, Region region) {
    now = now.plusSeconds(2);
    Export export = Export.of(region, 0, meters.collect());
    return export.metrics().stream().flatMap(metric -> PointLine.of(export, metric)).toList();
  }

  private static List<PointLine> orders(List<PointLine> lines) {
    return lines.stream().filter(line -> line.metric().equals("checkout.orders")).toList();
  }

  private static Journey checkout(String version, int status, long edgeMillis) {
    long end = edgeMillis * 1_000_000;
    Call checkout =
        new Call(Service.CHECKOUT, "POST", "/checkout", status, version, 0, end, 0, List.of());
    Call edge =
        new Call(Service.EDGE, "POST", "/checkout", status, "2.8.0", 0, end, 0, List.of(checkout));
    return new Journey(Region.US_EAST_1, end, "plus", null, edge);
  }
}
