// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class StorefrontTest {

  private static final long SEED = 7;
  private static final Duration RUN = Duration.ofSeconds(120);
  private static final FaultScript SCRIPT = FaultScript.standard(SEED, RUN);

  @Test
  void theSameSeedTellsTheSameStory() {
    assertThat(journeys(Region.EU_WEST_1, SEED)).isEqualTo(journeys(Region.EU_WEST_1, SEED));
    assertThat(journeys(Region.EU_WEST_1, SEED)).isNotEqualTo(journeys(Region.EU_WEST_1, 8));
  }

  @Test
  void aRunMakesAboutAsManySpansAsItWasAskedFor() {
    long spans = 0;
    var rates = Demand.journeysPerSecond(SEED, 220_000, RUN);
    for (Region region : Region.values()) {
      Storefront front = new Storefront(region, SEED, FaultScript.calm(), rates.get(region));
      for (Journey j = front.next(); j.endNanos() < RUN.toNanos(); j = front.next()) {
        spans += j.spans();
      }
    }
    assertThat(spans).isCloseTo(220_000, Percentage.withPercentage(2));
  }

  @Test
  void enterprisesAreFiveWithAboutAFifthEachAndNobodyElseHasAName() {
    Storefront front = new Storefront(Region.SA_EAST_1, SEED, FaultScript.calm(), 100);
    Map<String, Integer> journeys = new TreeMap<>();
    for (int i = 0; i < 20_000; i++) {
      Journey journey = front.next();
      assertThat(journey.customer() != null).isEqualTo(journey.tier().equals("enterprise"));
      if (journey.customer() != null) {
        journeys.merge(journey.customer(), 1, Integer::sum);
      }
    }
    assertThat(journeys)
        .containsOnlyKeys("acme-retail", "globex", "hooli", "initech", "umbrella")
        .allSatisfy((customer, count) -> assertThat(count).isBetween(250, 390));
  }

  @Test
  void everyCallLiesWithinItsCallerAndAfterTheOneBefore() {
    for (Region region : Region.values()) {
      journeys(region, SEED).forEach(journey -> assertNested(journey.edge()));
    }
  }

  @Test
  void aCalmDayIsFastAndOnlyRecommendationsFail() {
    Storefront front = new Storefront(Region.SA_EAST_1, SEED, FaultScript.calm(), 100);
    long failedRecommendations = 0;
    long sumNanos = 0;
    for (int i = 0; i < 20_000; i++) {
      Call edge = front.next().edge();
      assertThat(edge.endNanos()).isBetween(2_000_000L, 50_000_000L);
      sumNanos += edge.endNanos();
      for (Call failed : matching(edge, Call::failed)) {
        assertThat(failed.service()).isEqualTo(Service.RECOMMENDATIONS);
        failedRecommendations++;
      }
    }
    assertThat(failedRecommendations).isPositive();
    assertThat(sumNanos / 20_000).isBetween(6_000_000L, 14_000_000L);
  }

  @Test
  void theBadDeployFailsItsShareOfCheckoutsUnderItsVersionAndNothingElseDoes() {
    Fault deploy = fault(Fault.Kind.BAD_DEPLOY);
    long good = 0;
    long bad = 0;
    for (Journey journey : journeys(deploy.region(), SEED)) {
      boolean active = deploy.activeAt(journey.endNanos() / 1_000_000);
      for (Call checkout : matching(journey.edge(), c -> c.service() == Service.CHECKOUT)) {
        assertThat(checkout.version())
            .isEqualTo(active ? deploy.version() : deploy.previousVersion());
        assertThat(active || !checkout.failed()).isTrue();
        good += active && !checkout.failed() ? 1 : 0;
        bad += checkout.failed() ? 1 : 0;
      }
    }
    assertThat((double) bad / (good + bad)).isBetween(0.30, 0.65);
  }

  @Test
  void aSlowEdgeTakesTenTimesAsLongAndOnlyTheEdgeDoes() {
    Fault slow = fault(Fault.Kind.LATENCY_REGRESSION);
    for (Journey journey : journeys(slow.region(), SEED)) {
      long webNanos =
          journey.edge().calls().getFirst().endNanos()
              - journey.edge().calls().getFirst().startNanos();
      boolean active = slow.activeAt(journey.endNanos() / 1_000_000);
      assertThat(journey.edge().endNanos() > 90_000_000).isEqualTo(active);
      assertThat(journey.edge().endNanos()).isLessThan(200_000_000);
      assertThat(webNanos).isLessThan(45_000_000);
    }
  }

  @Test
  void failedPaymentsMakeARetryStormThatStaysFast() {
    Fault storm = fault(Fault.Kind.PAYMENT_ERRORS);
    int most = 0;
    for (Journey journey : journeys(storm.region(), SEED)) {
      var checkouts = matching(journey.edge(), c -> c.service() == Service.CHECKOUT);
      most = Math.max(most, checkouts.size());
      boolean active = storm.activeAt(journey.endNanos() / 1_000_000);
      assertThat(active || checkouts.size() <= 1).isTrue();
      for (int i = 0; i < checkouts.size(); i++) {
        assertThat(checkouts.get(i).retry()).isEqualTo(i);
        assertThat(i == checkouts.size() - 1 || checkouts.get(i).status() == 503).isTrue();
      }
      assertThat(journey.edge().endNanos()).isLessThan(50_000_000);
    }
    assertThat(most).isEqualTo(3);
  }

  private static void assertNested(Call call) {
    long cursor = call.startNanos();
    for (Call next : call.calls()) {
      assertThat(next.startNanos() - Call.NETWORK_NANOS).isGreaterThanOrEqualTo(cursor);
      assertNested(next);
      cursor = next.endNanos() + Call.NETWORK_NANOS;
    }
    assertThat(call.endNanos()).isGreaterThanOrEqualTo(cursor);
  }

  private static Fault fault(Fault.Kind kind) {
    return SCRIPT.faults().stream().filter(f -> f.kind() == kind).findFirst().orElseThrow();
  }

  private static List<Journey> journeys(Region region, long seed) {
    Storefront front = new Storefront(region, seed, SCRIPT, 20);
    List<Journey> journeys = new ArrayList<>();
    for (Journey j = front.next(); j.endNanos() < RUN.toNanos(); j = front.next()) {
      journeys.add(j);
    }
    return journeys;
  }

  private static List<Call> matching(Call call, Predicate<Call> predicate) {
    List<Call> found = new ArrayList<>();
    if (predicate.test(call)) {
      found.add(call);
    }
    call.calls().forEach(next -> found.addAll(matching(next, predicate)));
    return found;
  }
}
