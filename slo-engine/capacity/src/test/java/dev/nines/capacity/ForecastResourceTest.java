// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.capacity.ForecastAnswer.RegionForecast;
import dev.nines.capacity.HeadroomAnswer.Ahead;
import dev.nines.capacity.HeadroomAnswer.Binding;
import dev.nines.capacity.HeadroomAnswer.RegionHeadroom;
import dev.nines.capacity.Store.Increment;
import dev.nines.capacity.forecast.Forecast.Fitted;
import dev.nines.capacity.forecast.Forecast.Hour;
import dev.nines.capacity.forecast.HourlySeries.Gap;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.capacity.CapacityModelReader;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.WebApplicationException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twelve weeks of stored demand with a known answer. {@code eu} repeats its week; {@code us} does
 * so as well, and its collector was silent for a night; {@code ap} is new.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForecastResourceTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:20:00Z");
  private static final Instant HOUR = Instant.parse("2026-11-25T12:00:00Z");
  private static final int WEEK = 168;
  private static final int KNOWN = 12 * WEEK;

  private static final String MODEL =
      """
      apiVersion: nines.dev/v1
      kind: CapacityModel
      metadata: {name: shop}
      spec:
        maxUtilisation: 0.5
        evacuationTime: 5m
        steering: even
        services:
          - service: web
            requestsPerSecondPerUnit: 10
            startTime: 30m
            regions:
              eu: {units: 36, maxUnits: 40}
              us: {units: 36, maxUnits: 100}
              ap: {units: 3}
        events:
          - {name: sale, from: 2026-11-28T06:30:00Z, to: 2026-11-28T09:00:00Z, factor: 3,
             services: [web], regions: [us]}
      """;

  private final CollectorRegistry registry = new CollectorRegistry();
  private Store store;
  private CapacityResource resource;

  /** Requests per second in the busiest minute of an hour of the week. */
  private static int season(int hour) {
    return 100 + hour % WEEK / 2 + (hour % 24 < 12 ? 0 : 20);
  }

  @BeforeAll
  void fill(@TempDir Path data) {
    store = new Store(data);
    resource =
        new CapacityResource(
            () -> new Principal("acme", "ann", "", Set.of(Principal.Right.READ)),
            (tenant, name) ->
                name.equals("shop")
                    ? CapacityModelReader.read("test", MODEL).model()
                    : Optional.empty(),
            store.tables,
            new CapacityMetrics(registry),
            () -> NOW);
    List<Increment> increments = new ArrayList<>();
    for (int h = 0; h < KNOWN; h++) {
      // Another service shows that eu was heard while nobody asked for web.
      boolean idle = h >= 1_000 && h < 1_004;
      increments.add(new Increment("acme", idle ? "jobs" : "web", "eu", at(h), 60L * season(h)));
      if (h < 1_500 || h >= 1_508) {
        increments.add(new Increment("acme", "web", "us", at(h), 60L * season(h)));
      }
      if (h >= KNOWN - 3 * WEEK) {
        increments.add(new Increment("acme", "web", "ap", at(h), 60));
      }
    }
    // The hour that is not over is not learned from.
    increments.add(new Increment("acme", "web", "eu", HOUR.plusSeconds(600), 60L * 170));
    for (int i = 0; i < increments.size(); i += 1_000) {
      store.add(increments.subList(i, Math.min(increments.size(), i + 1_000)));
    }
  }

  private static Instant at(int hour) {
    return HOUR.plusSeconds(3_600L * (hour - KNOWN));
  }

  @AfterAll
  void stop() {
    store.close();
  }

  @Test
  void aStoredSeasonComesBackAndGapsAreNamed() {
    ForecastAnswer answer = resource.forecast("web", null, null, "14d", null);
    assertThat(answer.regions())
        .extracting(RegionForecast::region)
        .containsExactly("ap", "eu", "us");
    Fitted eu = answer.regions().get(1).forecast();
    Fitted us = answer.regions().get(2).forecast();
    assertThat(eu.hours()).hasSize(2 * WEEK);
    assertThat(eu.trainedTo()).isEqualTo(HOUR);
    assertThat(eu.accuracy().withinBand()).isEqualTo(1);
    for (int h = 0; h < 2 * WEEK; h++) {
      double season = season(h);
      assertThat(eu.hours().get(h)).isEqualTo(new Hour(at(KNOWN + h), season, season, season, 1));
      assertThat(us.hours().get(h).p50()).isEqualTo(season);
      // The median of the week with the gap is another: a forecast from it was off by a little.
      assertThat(us.hours().get(h).p90()).isBetween(season, season * 1.005);
    }
    assertThat(eu.gaps()).isEmpty();
    assertThat(us.gaps()).containsExactly(new Gap(at(1_500), at(1_508)));
    assertThat(answer.regions().get(0).forecast()).isNull();
    assertThat(answer.regions().get(0).refusal().rule()).isEqualTo("too-little-history");
    assertThat(answer.assumptions()).anyMatch(line -> line.contains("UTC"));
  }

  /** The event begins within an hour, which counts whole. */
  @Test
  void eventsOfAModelMultiply() {
    Fitted us = resource.forecast("web", "us", "shop", null, null).regions().getFirst().forecast();
    assertThat(us.hours().stream().filter(hour -> hour.eventFactor() == 3).map(Hour::at))
        .containsExactly(
            Instant.parse("2026-11-28T06:00:00Z"),
            Instant.parse("2026-11-28T07:00:00Z"),
            Instant.parse("2026-11-28T08:00:00Z"));
    assertThat(us.hours()).allMatch(hour -> hour.p50() == hour.eventFactor() * season(index(hour)));
    Fitted eu = resource.forecast("web", "eu", "shop", null, null).regions().getFirst().forecast();
    assertThat(eu.hours()).hasSize(WEEK).allMatch(hour -> hour.eventFactor() == 1);
  }

  /** 36 units serve 180/s at half use; the season passes that only in its last hours. */
  @Test
  void headroomTellsWhenItIsShortAndWhatToStartAndBuy() {
    HeadroomAnswer answer = resource.headroom("shop", null, null, null, null);
    List<RegionHeadroom> regions = answer.services().getFirst().regions();
    RegionHeadroom eu = regions.get(1);
    assertThat(eu.serves()).isEqualTo(180);
    assertThat(eu.servesAtMost()).isEqualTo(200);
    assertThat(eu.demandNow()).isEqualTo(season(KNOWN - 1)).isEqualTo(203);
    assertThat(eu.headroomNow()).isEqualTo(-23);
    int first = IntStream.range(0, WEEK).filter(h -> season(h) > 180).findFirst().orElseThrow();
    Ahead ahead = eu.ahead();
    assertThat(ahead.shortAtP50()).isEqualTo(at(KNOWN + first));
    assertThat(ahead.shortAtP90()).isEqualTo(at(KNOWN + first));
    assertThat(ahead.startBy()).isEqualTo(at(KNOWN + first).minusSeconds(1_800));
    assertThat(ahead.peakP90()).isEqualTo(203);
    assertThat(ahead.peakAt()).isEqualTo(at(KNOWN + WEEK - 2));
    assertThat(ahead.leastHeadroom()).isEqualTo(-23);
    assertThat(ahead.unitsNeeded()).isEqualTo(41);
    assertThat(ahead.unitsToStart()).isEqualTo(4);
    assertThat(ahead.unitsToBuy()).isEqualTo(1);
    RegionHeadroom us = regions.get(2);
    int sale =
        Math.toIntExact(
            (Instant.parse("2026-11-28T06:00:00Z").getEpochSecond() - HOUR.getEpochSecond())
                / 3_600);
    assertThat(us.ahead().shortAtP90()).isEqualTo(at(KNOWN + sale));
    assertThat(us.ahead().unitsNeeded())
        .isEqualTo((long) Math.ceil(3 * season(sale + 2) / 5.0))
        .isGreaterThan(36);
    assertThat(regions.get(0).ahead()).isNull();
    assertThat(regions.get(0).refusal().rule()).isEqualTo("too-little-history");
    Binding binding = answer.binding();
    assertThat(List.of(binding.service(), binding.region())).containsExactly("web", "us");
    assertThat(binding.shortAt()).isEqualTo(NOW);
    double least = us.ahead().leastHeadroom();
    assertThat(least).isCloseTo(180 - 3 * season(sale + 2), Percentage.withPercentage(1));
    assertThat(binding.spareShare()).isCloseTo(least / 180, Offset.offset(0.001));
    assertThat(answer.withoutModel()).containsExactly("jobs");
  }

  @Test
  void whatCannotBeAskedIsRefused() {
    assertRefused(400, "whole hours", () -> resource.forecast("web", null, null, "90m", null));
    assertRefused(400, "up to 28d", () -> resource.forecast("web", null, null, "29d", null));
    for (String field : List.of("model", "horizon")) {
      assertRefused(
          400,
          "\"field\":\"" + field + "\"",
          () -> resource.headroom(null, null, null, "soon", null));
    }
    assertRefused(
        404, "nothing was asked of", () -> resource.forecast("none", null, null, null, null));
    assertRefused(
        404, "no capacity model", () -> resource.forecast("web", null, "none", null, null));
    resource.forecast("web", "ap", null, null, null);
    assertThat(
            registry.getSampleValue(
                "nines_capacity_forecasts_total",
                new String[] {"outcome"},
                new String[] {"too-little-history"}))
        .isPositive();
  }

  private static int index(Hour hour) {
    return Math.toIntExact((hour.at().getEpochSecond() - HOUR.getEpochSecond()) / 3_600);
  }

  private static void assertRefused(int status, String words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(status);
              assertThat(String.valueOf(e.getResponse().getEntity())).contains(words);
            });
  }
}
