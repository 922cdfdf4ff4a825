// SPDX-License-Identifier: Apache-2.0
package dev.nines.evaluation;

import static dev.nines.evaluation.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.nines.objectives.BurnRecord.Change;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CountRecord.Source;
import dev.nines.objectives.Group;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.Slices;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Groups divide the ledger and nothing else: budgets and pages of a grouped SLO are those of its
 * twin that gets the same events without groups.
 */
class GroupsTest {

  private static final String BY = "customer.id";
  private static final Slo DIVIDED = slo("divided");
  private static final Slo WHOLE = slo("whole");

  @TempDir Path state;
  private Bench bench;
  private long seq;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    bench.apply(1, START.minusSeconds(600), DIVIDED, WHOLE);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private record Row(String region, long minute, String group) {}

  /** 1,300 customers of whom the first 1,000 are groups, in two regions, some of them late. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theLedgerIsByGroupAndAllElseIsTheTwins(long seed) {
    Random random = new Random(seed);
    Set<String> first = new LinkedHashSet<>();
    Map<Row, List<Long>> expected = new HashMap<>();
    Map<Row, List<Long>> ledger = new HashMap<>();
    Map<Row, List<Long>> whole = new HashMap<>();
    Map<Row, List<Long>> overGroups = new HashMap<>();
    List<String> divided = new ArrayList<>();
    List<String> twin = new ArrayList<>();
    for (int step = 0; step < 120; step++) {
      bench.pass(Duration.ofSeconds(1));
      String region = random.nextBoolean() ? "eu" : "us";
      List<Cell> cells = new ArrayList<>();
      Map<Long, Cell> slices = new TreeMap<>();
      boolean burning = step > 60;
      for (long slice : List.of(slice(bench.now()) - 10, slice(bench.now()))) {
        for (int i = 0; i < 60; i++) {
          String sent = random.nextInt(20) == 0 ? Group.NONE : "c" + random.nextInt(1_300);
          long total = 1 + random.nextInt(5);
          long good = burning && random.nextInt(4) == 0 ? 0 : total;
          cells.add(new Cell(slice, good, total, 0, sent));
          slices.merge(slice, new Cell(slice, good, total), GroupsTest::plus);
          if (Group.isValue(sent) && first.size() < 1_000) {
            first.add(sent);
          }
          String name = !Group.isValue(sent) || first.contains(sent) ? sent : Group.OTHER;
          add(expected, new Row(region, slice / 60 * 60, name), good, total);
        }
      }
      send(DIVIDED, region, BY, cells, false);
      send(WHOLE, region, "", List.copyOf(slices.values()), false);
      for (Change change : bench.changes()) {
        String told = change.scope() + change.policy().name() + change.state() + change.at();
        (change.slo().equals(DIVIDED.id()) ? divided : twin).add(told);
      }
    }
    bench.pass(Duration.ofSeconds(2));
    for (LedgerDelta delta : bench.ledger()) {
      long minute = delta.minuteStart().getEpochSecond();
      if (delta.slo().equals(DIVIDED.id())) {
        add(ledger, new Row(delta.scope(), minute, delta.group()), delta.good(), delta.total());
        add(overGroups, new Row(delta.scope(), minute, ""), delta.good(), delta.total());
      } else {
        add(whole, new Row(delta.scope(), minute, delta.group()), delta.good(), delta.total());
      }
    }
    assertThat(first).hasSize(1_000);
    assertThat(ledger).as("seed " + seed).isEqualTo(expected);
    assertThat(ledger.keySet()).extracting(Row::group).contains(Group.OTHER, Group.NONE);
    assertThat(overGroups).as("seed " + seed).isEqualTo(whole);
    assertThat(divided).as("seed " + seed).isNotEmpty().isEqualTo(twin);
    Map<String, SloStatus> last = new HashMap<>();
    bench.statuses().forEach(status -> last.put(status.key(), status));
    for (String scope : List.of("eu", "us", SloStatus.GLOBAL)) {
      assertThat(last.get(DIVIDED.id() + "@" + scope))
          .usingRecursiveComparison()
          .ignoringFields("slo")
          .isEqualTo(last.get(WHOLE.id() + "@" + scope));
    }
  }

  /** One customer's failures come ahead of the others' successes: no page, but for all together. */
  @Test
  void aPartOfARecordIsNotJudgedBy() {
    long slice = slice(bench.now());
    send(DIVIDED, "eu", BY, List.of(new Cell(slice, 0, 9, 0, "acme")), true);
    assertThat(bench.changes()).isEmpty();
    send(DIVIDED, "eu", BY, List.of(new Cell(slice, 91, 91, 0, "globex")), false);
    assertThat(bench.changes()).isEmpty();
    send(DIVIDED, "eu", BY, List.of(new Cell(slice, 0, 9, 0, "acme")), false);
    assertThat(bench.changes()).hasSize(2);
  }

  /** A mistaken attribute of a million values takes no place from the one that follows it. */
  @Test
  void anotherAttributeHasPlacesOfItsOwn() {
    long slice = slice(bench.now());
    List<Cell> many = new ArrayList<>();
    for (int i = 0; i < 1_001; i++) {
      many.add(new Cell(slice, 1, 1, 0, "trace-" + i));
    }
    send(DIVIDED, "eu", "trace.id", many, false);
    send(DIVIDED, "eu", BY, List.of(new Cell(slice, 1, 1, 0, "acme")), false);
    send(DIVIDED, "eu", "trace.id", List.of(new Cell(slice, 1, 1, 0, "acme")), false);
    bench.pass(Duration.ofSeconds(1));
    assertThat(bench.ledger().stream().filter(delta -> !delta.group().startsWith("trace-")))
        .extracting(LedgerDelta::group, LedgerDelta::total)
        .containsExactlyInAnyOrder(tuple(Group.OTHER, 2L), tuple("acme", 1L));
  }

  private void send(Slo slo, String region, String by, List<Cell> cells, boolean partial) {
    bench.send(
        new Counts(
            slo.id(), 1, region, bench.now(), by, cells, 0, Source.SPANS, partial, "1_0", ++seq));
  }

  private static Slo slo(String name) {
    return Bench.slo(
        name,
        1,
        "0.99",
        Duration.ofHours(1),
        Bench.policy(Duration.ofMinutes(2), Duration.ofSeconds(20), "10"));
  }

  private static Cell plus(Cell a, Cell b) {
    return new Cell(a.sliceStartSeconds(), a.good() + b.good(), a.total() + b.total());
  }

  private static void add(Map<Row, List<Long>> sums, Row row, long good, long total) {
    sums.merge(
        row, List.of(good, total), (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
  }

  private static long slice(Instant at) {
    return Slices.startOf(at);
  }
}
