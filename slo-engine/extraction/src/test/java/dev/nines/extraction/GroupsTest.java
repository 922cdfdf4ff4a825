// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Group;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanPredicate;
import dev.nines.transport.SumKey;
import dev.nines.transport.Sums.Sum;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A grouped SLO counts what its twin without groups counts, divided by what the clients sent. */
class GroupsTest {

  private static final String BY = "customer.id";
  private static final Slo WHOLE =
      Traffic.slo("whole", 1, "checkout", new SpanPredicate.StatusError());
  private static final Slo DIVIDED =
      Traffic.groupedBy(BY, Traffic.slo("divided", 1, "checkout", new SpanPredicate.StatusError()));

  /** What clients send, and what counts call it. */
  private static final List<Customer> CUSTOMERS =
      List.of(
          new Customer(Traffic.text(BY, "acme"), "acme"),
          new Customer(Traffic.text(BY, "  acme "), "acme"),
          new Customer(Traffic.text(BY, "a\tb\n"), "a b"),
          new Customer(Traffic.text(BY, "日本"), "日本"),
          new Customer(Traffic.text(BY, "x".repeat(5_000)), "x".repeat(128)),
          new Customer(Traffic.text(BY, "y".repeat(127) + "😀z"), "y".repeat(127)),
          new Customer(Traffic.number(BY, 42), "42"),
          new Customer(
              KeyValue.newBuilder()
                  .setKey(BY)
                  .setValue(AnyValue.newBuilder().setBoolValue(true))
                  .build(),
              "true"),
          new Customer(Traffic.text(BY, " "), Group.NONE),
          new Customer(Traffic.text("other", "acme"), Group.NONE),
          new Customer(
              KeyValue.newBuilder()
                  .setKey(BY)
                  .setValue(
                      AnyValue.newBuilder()
                          .setArrayValue(
                              ArrayValue.newBuilder()
                                  .addValues(AnyValue.newBuilder().setStringValue("acme"))))
                  .build(),
              Group.NONE));

  @TempDir Path state;
  private Bench bench;

  private record Customer(KeyValue attribute, String group) {}

  private record Place(String region, long slice, String group) {}

  @BeforeEach
  void open() {
    bench = new Bench(state);
    bench.objectives.add(Traffic.generation(1, START.minusSeconds(86_400), WHOLE, DIVIDED));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sumsOverGroupsAreTheWholeAndEachGroupIsWhatWasSent(long seed) {
    Random random = new Random(seed);
    Map<Place, List<Long>> sent = new HashMap<>();
    Map<Place, List<Long>> divided = new HashMap<>();
    Map<Place, List<Long>> overGroups = new HashMap<>();
    Map<Place, List<Long>> whole = new HashMap<>();
    for (int batch = 0; batch < 60; batch++) {
      String region = random.nextBoolean() ? "eu" : "us";
      Span[] spans = new Span[1 + random.nextInt(40)];
      for (int i = 0; i < spans.length; i++) {
        Customer customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
        Instant end = START.plusSeconds(random.nextInt(60));
        boolean failed = random.nextInt(4) == 0;
        spans[i] =
            Traffic.span("pay", end, failed).toBuilder()
                .addAttributes(customer.attribute())
                .build();
        add(sent, region, end.getEpochSecond() / 10 * 10, customer.group(), failed ? 0 : 1, 1);
      }
      bench.send(region, Traffic.envelope(Traffic.body("checkout", spans), spans.length), START);
      if (random.nextInt(3) == 0) {
        bench.pass(Duration.ofMillis(50));
      }
    }
    bench.pass(Duration.ofMillis(50));
    for (Counts counts : counts()) {
      boolean grouped = counts.slo().equals(DIVIDED.id());
      assertThat(counts.groupBy()).isEqualTo(grouped ? BY : "");
      assertThat(counts.partial()).isFalse();
      for (Cell cell : counts.cells()) {
        add(grouped ? divided : whole, counts.region(), cell);
      }
      for (Cell slice : grouped ? counts.slices() : List.<Cell>of()) {
        add(overGroups, counts.region(), slice);
      }
    }
    assertThat(divided).as("seed " + seed).isEqualTo(sent);
    assertThat(overGroups).as("seed " + seed).isEqualTo(whole);
  }

  @Test
  void groupsOfOneBatchTravelInOneRecordByTheirSlices() {
    Span first = customer("b", START);
    Span second = customer("a", START.plusSeconds(10));
    Span third = customer("a", START);
    bench.send("eu", Traffic.envelope(Traffic.body("checkout", first, second, third), 3), START);
    bench.pass(Duration.ofMillis(50));
    Counts counts =
        counts().stream().filter(record -> record.slo().equals(DIVIDED.id())).toList().getFirst();
    long slice = START.getEpochSecond();
    assertThat(counts.cells())
        .containsExactly(
            new Cell(slice, 1, 1, 0, "a"),
            new Cell(slice, 1, 1, 0, "b"),
            new Cell(slice + 10, 1, 1, 0, "a"));
  }

  /** The generation of the slice says by what, as it says everything else. */
  @Test
  void theSlicesGenerationSaysWhetherThereAreGroups() {
    Slo later = Traffic.slo("divided", 1, "checkout", new SpanPredicate.StatusError());
    bench.objectives.add(Traffic.generation(2, START.plusSeconds(10), WHOLE, later));
    bench.send(
        "eu",
        Traffic.envelope(
            Traffic.body("checkout", customer("a", START), customer("a", START.plusSeconds(10))),
            2),
        START);
    bench.pass(Duration.ofMillis(50));
    assertThat(counts().stream().filter(record -> record.slo().equals(DIVIDED.id())))
        .flatExtracting(Counts::cells)
        .containsExactlyInAnyOrder(
            new Cell(START.getEpochSecond(), 1, 1, 0, "a"),
            new Cell(START.getEpochSecond() + 10, 1, 1));
  }

  @Test
  void aSeriesBelongsToTheGroupOfItsAttribute() {
    bench.objectives.add(
        Traffic.generation(
            2, START.minusSeconds(3_600), Traffic.groupedBy("pod", Points.orders("ratio", 1))));
    Instant time = START.plusSeconds(10);
    for (String pod : List.of("p1", "p2")) {
      bench.send(
          "eu",
          Points.batch(
              "checkout",
              Points.counter("orders.failed", pod, START, time, 3),
              Points.sum("orders", Points.DELTA, Points.point(pod, START, time, 10))),
          START.plusSeconds(60));
    }
    bench.pass(Duration.ofMillis(50));
    Map<String, List<Long>> sums = new HashMap<>();
    for (Counts counts : counts()) {
      assertThat(counts.groupBy()).isEqualTo("pod");
      for (Cell cell : counts.cells()) {
        sums.merge(cell.group(), List.of(cell.good(), cell.total()), GroupsTest::plus);
      }
    }
    assertThat(sums).isEqualTo(Map.of("p1", List.of(7L, 10L), "p2", List.of(7L, 10L)));
  }

  /**
   * Ten thousand customers of one slice: no record is too long, and only the last may be judged.
   */
  @Test
  void whatIsTooLongForARecordIsDividedAndSaysSo() {
    List<Sum> sums = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      String group = Group.of("客".repeat(100) + i);
      names.add(group);
      SumKey key = new SumKey(BatchCounts.KIND, List.of("t/s", "eu", group, BY), List.of(1L, 10L));
      sums.add(new Sum(key, i, new long[] {1, 1, 0}));
    }
    List<CountRecords.Part> parts = CountRecords.parts(sums);
    assertThat(parts).hasSizeGreaterThan(5);
    assertThat(parts.subList(0, parts.size() - 1)).allMatch(CountRecords.Part::partial);
    assertThat(parts.getLast().partial()).isFalse();
    assertThat(parts).flatExtracting(CountRecords.Part::sums).hasSize(names.size());
  }

  private static Span customer(String id, Instant end) {
    return Traffic.span("pay", end, false).toBuilder().addAttributes(Traffic.text(BY, id)).build();
  }

  private List<Counts> counts() {
    return bench.counts().stream()
        .filter(Counts.class::isInstance)
        .map(Counts.class::cast)
        .toList();
  }

  private static void add(Map<Place, List<Long>> sums, String region, Cell cell) {
    add(sums, region, cell.sliceStartSeconds(), cell.group(), cell.good(), cell.total());
  }

  private static void add(
      Map<Place, List<Long>> sums, String region, long slice, String group, long good, long total) {
    sums.merge(new Place(region, slice, group), List.of(good, total), GroupsTest::plus);
  }

  private static List<Long> plus(List<Long> a, List<Long> b) {
    return List.of(a.get(0) + b.get(0), a.get(1) + b.get(1));
  }
}
