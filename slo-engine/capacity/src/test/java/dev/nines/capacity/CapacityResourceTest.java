// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.capacity.EvacuationAnswer.Binding;
import dev.nines.capacity.EvacuationAnswer.LossShown;
import dev.nines.capacity.EvacuationAnswer.RegionNeed;
import dev.nines.capacity.EvacuationAnswer.ServiceNeed;
import dev.nines.capacity.SpikeAnswer.PlaceSpike;
import dev.nines.capacity.Store.Increment;
import dev.nines.objectives.access.Principal;
import dev.nines.objectives.capacity.CapacityModel;
import dev.nines.objectives.capacity.CapacityModelReader;
import io.prometheus.client.CollectorRegistry;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.WebApplicationException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Questions about demand that is really stored: the vector of three regions, and random demand. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapacityResourceTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:05Z");

  /** Three hours; in each, the busiest minute asks what the vector says, by the second. */
  private static final Map<String, int[]> VECTOR =
      Map.of(
          "use1", new int[] {90, 60, 40},
          "usw2", new int[] {50, 80, 60},
          "euw1", new int[] {40, 50, 85});

  private static final String MODEL =
      """
      apiVersion: nines.dev/v1
      kind: CapacityModel
      metadata: {name: shop}
      spec:
        maxUtilisation: 1
        evacuationTime: 5m
        steering: even
        services:
          - service: web
            requestsPerSecondPerUnit: 10
            startTime: 10m
            regions:
              use1: {units: 12, maxUnits: 40}
              usw2: {units: 11, maxUnits: 40}
              euw1: {units: 11, maxUnits: 40}
      """;

  private final List<Increment> random = new ArrayList<>();
  private Store store;
  private String model = MODEL;
  private String tokenRegion = "";
  private CapacityResource resource;

  @BeforeAll
  void fill(@TempDir Path data) {
    store = new Store(data);
    resource =
        new CapacityResource(
            () -> new Principal("acme", "ann", tokenRegion, Set.of(Principal.Right.READ)),
            (tenant, name) -> name.equals("shop") ? Optional.of(model()) : Optional.empty(),
            store.tables,
            new CapacityMetrics(new CollectorRegistry()),
            () -> NOW);
    List<Increment> vector = new ArrayList<>();
    VECTOR.forEach(
        (region, rates) ->
            IntStream.range(0, 3)
                .forEach(
                    hour -> {
                      Instant at = NOW.minusSeconds(3 * 3_600 + 5).plusSeconds(3_600L * hour);
                      busiest(vector, region, at.plusSeconds(60L * (7 + hour)), rates[hour]);
                      vector.add(new Increment("acme", "web", region, at, rates[hour]));
                    }));
    vector.add(new Increment("rival", "web", "use1", NOW.minusSeconds(7_000), 1_000_000));
    vector.add(new Increment("acme", "jobs", "use1", NOW.minusSeconds(7_000), 1));
    store.add(vector);
    Random draw = new Random(5);
    for (int i = 0; i < 400; i++) {
      random.add(
          new Increment(
              "acme",
              "random",
              "r" + draw.nextInt(2),
              NOW.minusSeconds(86_405).plusSeconds(10L * draw.nextInt(1_080)),
              1 + draw.nextInt(50)));
    }
    store.add(random);
  }

  /** Six slices of one minute. */
  private static void busiest(List<Increment> into, String region, Instant minute, int rate) {
    for (int slice = 0; slice < 6; slice++) {
      into.add(new Increment("acme", "web", region, minute.plusSeconds(10L * slice), 10L * rate));
    }
  }

  @AfterAll
  void stop() {
    store.close();
  }

  @Test
  void theVectorOfThreeRegionsNeeds340() {
    EvacuationAnswer answer =
        resource.evacuation("shop", null, null, null, "2026-11-25T09:00:00Z", null, null, null);
    assertThat(answer.asked())
        .isEqualTo(
            new Asked(
                "shop",
                Instant.parse("2026-11-25T09:00:00Z"),
                Instant.parse("2026-11-25T12:00:00Z"),
                3_600,
                "peak"));
    ServiceNeed web = answer.services().getFirst();
    assertThat(web.need()).isEqualTo(340);
    assertThat(web.needByPeaks()).isEqualTo(382.5);
    assertThat(web.unitsNeeded()).isEqualTo(12 + 11 + 12);
    assertThat(web.unitsMissing()).isEqualTo(1);
    assertThat(web.startableCount()).isFalse();
    assertThat(web.regions())
        .extracting(
            RegionNeed::region, RegionNeed::need, RegionNeed::headroom, RegionNeed::whenLost)
        .containsExactly(
            tuple("euw1", 115.0, -5.0, List.of("usw2")),
            tuple("use1", 115.0, 5.0, List.of("usw2")),
            tuple("usw2", 110.0, 0.0, List.of("use1")));
    assertThat(answer.holds()).isFalse();
    Instant worst = Instant.parse("2026-11-25T11:00:00Z");
    assertThat(answer.binding()).isEqualTo(new Binding("web", "euw1", List.of("usw2"), worst, 1));
    assertThat(web.losses())
        .containsExactly(new LossShown(List.of("usw2"), worst, 5, 0.027, List.of("euw1")));
    assertThat(answer.withoutModel()).containsExactly("jobs");
    assertThat(answer.assumptions()).anyMatch(line -> line.contains("300 s"));
  }

  /** The same by minutes says nothing else where the peaks do not fall into one minute. */
  @Test
  void theStepIsTheCallers() {
    assertThat(evacuation("even", "1", "1h").need()).isEqualTo(340);
    assertThat(evacuation("proportional", "1", "1h").need()).isEqualTo(367.338);
    assertThat(evacuation("even", "1", "1m").need()).isEqualTo(340);
    assertThat(evacuation("even", "1", "10s").need()).isEqualTo(340);
    assertThat(evacuation("even", "2", "1h").regions())
        .extracting(RegionNeed::need)
        .containsOnly(190.0);
  }

  @Test
  void unitsThatStartInTimeCount() {
    model = MODEL.replace("startTime: 10m", "startTime: 5m");
    try {
      ServiceNeed web = evacuation("even", "1", "1h");
      assertThat(web.startableCount()).isTrue();
      assertThat(web.unitsMissing()).isZero();
      assertThat(web.losses()).isEmpty();
      assertThat(web.regions()).extracting(RegionNeed::counted).containsOnly(40L);
    } finally {
      model = MODEL;
    }
  }

  @Test
  void tenTimesTheDemandTellsWhatIsShedAndWhatToBuy() {
    SpikeAnswer answer =
        resource.spike("shop", null, "use1", null, "2026-11-25T09:00:00Z", null, null, null);
    assertThat(answer.factor()).isEqualTo(10);
    assertThat(answer.holds()).isFalse();
    assertThat(answer.others()).isEmpty();
    assertThat(answer.exceeded())
        .containsExactly(
            new PlaceSpike(
                "web",
                "use1",
                true,
                90,
                Instant.parse("2026-11-25T09:00:00Z"),
                900,
                12,
                40,
                7.5,
                780,
                0.867,
                600,
                500,
                90,
                28,
                50));
    SpikeAnswer calm =
        resource.spike("shop", "web", null, "1.25", "2026-11-25T09:00:00Z", null, "1m", null);
    assertThat(calm.holds()).isTrue();
    assertThat(calm.others()).hasSize(3).allMatch(place -> place.shed() == 0);
  }

  /** Sums of the increments, and the busiest minute, found by adding them up one by one. */
  @Test
  void demandIsWhatWasCounted() {
    for (String step : List.of("10s", "1m", "1h")) {
      int seconds = Step.of(step).orElseThrow().seconds();
      Map<String, Long> sums = new TreeMap<>();
      Map<String, Long> minutes = new TreeMap<>();
      for (Increment each : random) {
        long at = each.slice().getEpochSecond();
        String bucket = each.region() + " " + at / seconds * seconds;
        sums.merge(bucket, each.requests(), Long::sum);
        minutes.merge(bucket + " " + at / 60, each.requests(), Long::sum);
      }
      Map<String, Double> peaks = new TreeMap<>();
      minutes.forEach(
          (minute, requests) ->
              peaks.merge(
                  minute.substring(0, minute.lastIndexOf(' ')), requests / 60.0, Math::max));
      DemandAnswer answer =
          resource.demand("random", null, "2026-11-24T12:00:00Z", "2026-11-24T15:00:00Z", step);
      Map<String, Long> found = new TreeMap<>();
      answer
          .series()
          .forEach(
              series ->
                  series
                      .points()
                      .forEach(
                          point -> {
                            String key = series.region() + " " + point.at().getEpochSecond();
                            found.put(key, point.requests());
                            double peak = seconds == 10 ? point.requests() / 10.0 : peaks.get(key);
                            assertThat(point.peak()).isEqualTo(Math.round(peak * 1e3) / 1e3);
                          }));
      assertThat(found).as(step).isEqualTo(sums);
    }
  }

  @Test
  void aTokenOfOneRegionSeesItAlone() {
    tokenRegion = "usw2";
    try {
      assertThat(demand(null).series())
          .extracting(DemandAnswer.Series::service, DemandAnswer.Series::region)
          .containsExactly(tuple("web", "usw2"));
      assertThatThrownBy(() -> demand("use1")).isInstanceOf(ForbiddenException.class);
      assertThatThrownBy(() -> evacuation("even", "1", "1h"))
          .isInstanceOf(ForbiddenException.class);
    } finally {
      tokenRegion = "";
    }
    assertThat(demand("use1").series())
        .extracting(DemandAnswer.Series::service)
        .containsExactly("jobs", "web");
  }

  @Test
  void everythingWrongIsToldAtOnce() {
    assertRefused(
        400,
        Stream.of("model", "lost", "steering", "from", "step")
            .map(field -> "\"field\":\"" + field + "\"")
            .toList(),
        () -> resource.evacuation(null, null, "3", "fair", "yesterday", null, "2h", null));
    assertRefused(
        400,
        List.of("kept for 3 days"),
        () -> demand("2026-11-20T00:00:00Z", "2026-11-20T01:00:00Z", "10s"));
    assertRefused(400, List.of("at most 10,080"), () -> demand("2026-11-01T00:00:00Z", null, "1m"));
    assertRefused(
        400,
        List.of("is not before"),
        () -> demand("2026-11-25T00:00:00Z", "2026-11-24T00:00:00Z", "1h"));
    assertRefused(400, List.of("future"), () -> demand(null, "2027-01-01T00:00:00Z", "1h"));
    assertRefused(
        400,
        List.of("is not above 0"),
        () -> resource.spike("shop", null, null, "NaN", null, null, null, null));
    assertRefused(
        404,
        List.of("no capacity model 'none'"),
        () -> resource.spike("none", null, null, null, null, null, null, null));
    assertRefused(
        404,
        List.of("has no service 'mail'"),
        () -> resource.spike("shop", "mail", null, null, null, null, null, null));
  }

  private ServiceNeed evacuation(String steering, String lost, String step) {
    return resource
        .evacuation("shop", "web", lost, steering, "2026-11-25T09:00:00Z", null, step, null)
        .services()
        .getFirst();
  }

  private DemandAnswer demand(String region) {
    return resource.demand(null, region, "2026-11-25T09:00:00Z", null, null);
  }

  private void demand(String from, String to, String step) {
    resource.demand(null, null, from, to, step);
  }

  private CapacityModel model() {
    return CapacityModelReader.read("test", model).model().orElseThrow();
  }

  private static void assertRefused(int status, List<String> words, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> {
              assertThat(e.getResponse().getStatus()).isEqualTo(status);
              assertThat(String.valueOf(e.getResponse().getEntity())).contains(words);
            });
  }
}
