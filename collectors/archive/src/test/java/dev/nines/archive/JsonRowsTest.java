// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.ChangeEvent;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.access.Principal;
import dev.nines.telemetry.RedRollup;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import jakarta.ws.rs.BadRequestException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonRowsTest extends TableTest {

  private static final SloId SLO = new SloId("acme", "checkout");
  private static final Instant MINUTE = Instant.ofEpochSecond(1_700_000_040);

  @Test
  void redRowsPerSliceAndSummedPerMinute() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      records.add(Records.json(RedRollup.class, "red.rollups", i, rollup(i)));
    }
    store(new RedRows(), "red_10s", records);
    store(new RedMinuteRows(), "red_1m", records);
    query.execute(Sql.of("OPTIMIZE TABLE red_1m FINAL"));
    Row slices =
        query.one(
            Sql.of(
                "SELECT count() AS rows, sum(count) AS c, sum(errors) AS e,"
                    + " sumForEach(buckets) AS b, uniqExact(slice) AS s FROM red_10s"));
    assertThat(slices.number("rows")).isEqualTo(6);
    assertThat(slices.number("s")).isEqualTo(6);
    assertThat(slices.number("c")).isEqualTo(60);
    Row minutes =
        query.one(
            Sql.of(
                "SELECT count, errors, latencyMap.count AS b, latencyMap.bound AS bounds,"
                    + " toUnixTimestamp(minute) AS m FROM red_1m"));
    assertThat(minutes.number("count")).isEqualTo(60);
    assertThat(minutes.number("errors")).isEqualTo(slices.number("e")).isEqualTo(6);
    assertThat(minutes.number("m")).isEqualTo(MINUTE.getEpochSecond());
    assertThat(numbers(minutes, "b")).isEqualTo(numbers(slices, "b")).containsOnly(36L).hasSize(14);
    assertThat(numbers(minutes, "bounds")).startsWith(1L, 2L, 5L).endsWith(4_294_967_295L);
  }

  /** Two minutes of one hour, by servers and consumers; what clients asked is another's demand. */
  @Test
  void demandPerHourKeepsItsMinutes() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    String[] kinds = {"server", "consumer", "client", "server", "server", "internal"};
    for (int i = 0; i < 12; i++) {
      RedRollup rollup = rollup(i, kinds[i % kinds.length]);
      records.add(Records.json(RedRollup.class, "red.rollups", i, rollup));
    }
    store(new DemandRows(), "demand_1h", records.subList(0, 7));
    store(new DemandRows(), "demand_1h", records.subList(7, 12));
    query.execute(Sql.of("OPTIMIZE TABLE demand_1h FINAL"));
    Row hour =
        query.one(Sql.of("SELECT *, minuteMap.minute AS m, minuteMap.count AS c FROM demand_1h"));
    assertThat(hour.instant("hour")).isEqualTo(MINUTE.truncatedTo(ChronoUnit.HOURS));
    assertThat(hour.number("count")).isEqualTo(80);
    assertThat(hour.number("errors")).isEqualTo(8);
    assertThat(numbers(hour, "m")).containsExactly(14L, 15L);
    assertThat(numbers(hour, "c")).containsExactly(40L, 40L);
  }

  @Test
  void ledgerSumsAsTheyWereKnown() {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    delta(records, "eu", 10, 12, MINUTE, MINUTE.plusSeconds(61), Cause.ON_TIME);
    delta(records, "eu", 1, 3, MINUTE, MINUTE.plusSeconds(600), Cause.LATE);
    delta(records, "eu", 7, 7, MINUTE.plusSeconds(60), MINUTE.plusSeconds(121), Cause.ON_TIME);
    delta(records, "us", 5, 5, MINUTE, MINUTE.plusSeconds(61), Cause.BACKFILL);
    store(new LedgerRows(), "ledger", records);
    String uncertain = "SELECT sum(uncertain) AS u FROM ledger WHERE tenant = 'acme'";
    assertThat(query.one(Sql.of(uncertain)).number("u")).isEqualTo(1);
    LedgerQueries ledger = new LedgerQueries(query);
    assertThat(ledger.sums(SLO, MINUTE, MINUTE.plusSeconds(60), LedgerQueries.NOW_KNOWN).value())
        .containsExactly(
            new LedgerQueries.Sum("eu", 2, 11, 15), new LedgerQueries.Sum("us", 2, 5, 5));
    assertThat(ledger.sums(SLO, MINUTE, MINUTE.plusSeconds(120), MINUTE.plusSeconds(130)).value())
        .containsExactly(
            new LedgerQueries.Sum("eu", 2, 17, 19), new LedgerQueries.Sum("us", 2, 5, 5));
    Evidence<List<LedgerQueries.Sum>> fact =
        ledger.sums(SLO, MINUTE, MINUTE.plusSeconds(60), MINUTE.plusSeconds(61));
    assertThat(query.rows(Sql.of(fact.query()))).hasSize(2);
    assertThat(
            ledger
                .sums(
                    new SloId("rival", "checkout"),
                    MINUTE,
                    MINUTE.plusSeconds(60),
                    LedgerQueries.NOW_KNOWN)
                .value())
        .isEmpty();
  }

  /** 60 did not come, 20 of them came later; no sum of what was counted changes. */
  @Test
  void whatDidNotComeIsInTheImpactAndInNoOtherSum() {
    SloId slo = new SloId("default", "vanished");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    group(records, slo, "eu", "acme", MINUTE, 5, 9, 1);
    missing(records, slo, 60);
    missing(records, slo, -20);
    store(new LedgerRows(), "ledger", records);
    assertThat(
            new LedgerQueries(query)
                .sums(slo, MINUTE, MINUTE.plusSeconds(60), LedgerQueries.NOW_KNOWN)
                .value())
        .containsExactly(new LedgerQueries.Sum("eu", 1, 5, 9));
    assertThat(new LedgerImpact(query).regions(slo, MINUTE, MINUTE.plusSeconds(60)).value())
        .containsExactly(
            new LedgerImpact.RegionImpact(
                "eu", 49, 43, 40, Optional.of(MINUTE), Optional.of(MINUTE.plusSeconds(60))));
    assertThat(new LedgerGroups(query).impact(slo, MINUTE, MINUTE.plusSeconds(60)).value())
        .extracting(LedgerGroups.GroupImpact::group)
        .containsExactly("acme");
  }

  private static void missing(List<ConsumerRecord<byte[], byte[]>> records, SloId slo, long more) {
    LedgerDelta delta =
        new LedgerDelta(
            slo,
            1,
            1,
            "eu",
            "",
            MINUTE,
            0,
            0,
            0,
            more,
            Cause.MISSING,
            MINUTE,
            "9_8",
            records.size());
    records.add(Records.json(LedgerDelta.class, "slo.ledger", records.size(), delta));
  }

  /** Two regions, two minutes; a ratio of counters that claims more failures than events. */
  @Test
  void groupsAreSummedOverRegionsTheWorstFirst() {
    SloId slo = new SloId("default", "grouped");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    group(records, slo, "eu", "acme", MINUTE, 5, 9, 1);
    group(records, slo, "us", "acme", MINUTE.plusSeconds(60), 1, 1, 0);
    group(records, slo, "eu", "globex", MINUTE, 90, 100, 0);
    group(records, slo, "eu", "odd", MINUTE, 5, 4, 0);
    group(records, slo, "eu", "late", MINUTE.plusSeconds(120), 0, 50, 0);
    store(new LedgerRows(), "ledger", records);
    GroupsResource.Answer answer =
        groups(MINUTE.plusSeconds(20).toString(), MINUTE.plusSeconds(120).toString(), "2");
    assertThat(answer.groups())
        .containsExactly(
            new LedgerGroups.GroupImpact("globex", 90, 0, 10, 100),
            new LedgerGroups.GroupImpact("acme", 6, 1, 3, 10));
    assertThat(answer.omitted()).isEqualTo(1);
    assertThatThrownBy(() -> groups(MINUTE.toString(), MINUTE.toString(), "2"))
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> groups("yesterday", MINUTE.toString(), "2"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("from: an RFC 3339 time");
    assertThatThrownBy(() -> groups(MINUTE.toString(), null, "0"))
        .isInstanceOf(BadRequestException.class);
  }

  private GroupsResource.Answer groups(String from, @Nullable String to, String limit) {
    return new GroupsResource(
            () -> new Principal("default", "ann", "", Set.of(Principal.Right.READ)),
            new LedgerGroups(query),
            () -> MINUTE.plusSeconds(3_600))
        .read("grouped", from, to, limit);
  }

  private static void group(
      List<ConsumerRecord<byte[], byte[]>> records,
      SloId slo,
      String region,
      String group,
      Instant minute,
      long good,
      long total,
      long uncertain) {
    LedgerDelta delta =
        new LedgerDelta(
            slo,
            1,
            1,
            region,
            group,
            minute,
            good,
            total,
            uncertain,
            0,
            Cause.ON_TIME,
            minute,
            "9_9",
            records.size());
    records.add(Records.json(LedgerDelta.class, "slo.ledger", records.size(), delta));
  }

  @Test
  void budgetHistoryKeepsExactDecimals() {
    SloStatus status =
        new SloStatus(
            SLO,
            3,
            2,
            "global",
            MINUTE,
            new BigDecimal("0.9999"),
            Duration.ofDays(30),
            97,
            100,
            2,
            1,
            199,
            200,
            0,
            new BigDecimal("100.123456789"),
            List.of(
                new SloStatus.Burn(
                    "fast", new BigDecimal("14.5"), null, new BigDecimal("14.4"), true)),
            new BigDecimal("0.25"),
            MINUTE.minusSeconds(30),
            null,
            List.of("us"),
            null,
            List.of("late"));
    store(
        new BudgetRows(),
        "budget_history",
        List.of(Records.json(SloStatus.class, "slo.status", 1, status)));
    Row row = query.one(Sql.of("SELECT *, isNaN(burn_short[1]) AS unknown FROM budget_history"));
    assertThat(row.decimal("target")).isEqualByComparingTo("0.9999");
    assertThat(row.decimal("budget_spent")).isEqualByComparingTo("100.123456789");
    assertThat(row.number("uncertain")).isEqualTo(2);
    assertThat(row.number("missing")).isEqualTo(1);
    assertThat(row.number("run_total")).isEqualTo(200);
    assertThat(row.instant("complete_to")).isEqualTo(MINUTE.minusSeconds(30));
    assertThat(row.instant("unmeasured_since")).isEqualTo(Instant.EPOCH);
    assertThat(row.list("unmeasured_regions")).containsExactly("us");
    assertThat(row.list("burn_policy")).containsExactly("fast");
    assertThat(row.number("unknown")).isEqualTo(1);
    assertThat(row.number("period_seconds")).isEqualTo(2_592_000);
  }

  @Test
  void burnsAndIncidentEventsButNoSignsOfLife() {
    BurnRecord change =
        new BurnRecord.Change(
            SLO,
            3,
            "eu",
            "checkout",
            new BurnPolicy(
                "fast",
                Duration.ofMinutes(2),
                Duration.ofSeconds(20),
                BigDecimal.TEN,
                BurnPolicy.Severity.PAGE),
            BurnRecord.State.FIRING,
            MINUTE,
            MINUTE.plusSeconds(1),
            MINUTE.minusSeconds(9),
            new BigDecimal("12.5"),
            new BigDecimal("1e30"),
            40,
            100,
            BigDecimal.ONE,
            List.of("us"));
    BurnRecord alive = new BurnRecord.Alive(1, MINUTE);
    store(
        new BurnRows(),
        "burns",
        List.of(
            Records.json(BurnRecord.class, "slo.burn", 1, alive),
            Records.json(BurnRecord.class, "slo.burn", 2, change)));
    Row row = query.one(Sql.of("SELECT * FROM burns WHERE policy != 'vanished'"));
    assertThat(row.number("expected")).isZero();
    assertThat(row.text("state")).isEqualTo("FIRING");
    assertThat(row.decimal("long_burn")).isEqualByComparingTo("12.5");
    assertThat(row.decimal("short_burn")).isEqualByComparingTo("999999999.999999999");
    assertThat(row.number("offset")).isEqualTo(2);

    IncidentEvent event =
        new IncidentEvent(
            "i-1",
            "acme",
            "opened",
            MINUTE,
            JsonNodeFactory.instance.objectNode().put("slo", "checkout"));
    store(
        new IncidentEventRows(),
        "incident_events",
        List.of(Records.json(IncidentEvent.class, "incident.events", 1, event)));
    assertThat(
            query
                .one(Sql.of("SELECT JSONExtractString(payload, 'slo') AS s FROM incident_events"))
                .text("s"))
        .isEqualTo("checkout");
  }

  @Test
  void vanishedTrafficHasACountAndAnExpectation() {
    BurnRecord vanished =
        new BurnRecord.Vanished(
            SLO,
            3,
            "eu",
            "checkout",
            BurnPolicy.Severity.PAGE,
            BurnRecord.State.FIRING,
            MINUTE,
            MINUTE.plusSeconds(31),
            MINUTE.minusSeconds(300),
            12,
            1_840,
            List.of());
    store(
        new BurnRows(), "burns", List.of(Records.json(BurnRecord.class, "slo.burn", 3, vanished)));
    Row gone = query.one(Sql.of("SELECT * FROM burns WHERE policy = 'vanished'"));
    assertThat(gone.number("total_in_long_window")).isEqualTo(12);
    assertThat(gone.number("expected")).isEqualTo(1_840);
    assertThat(gone.instant("first_bad_at")).isEqualTo(MINUTE.minusSeconds(300));
  }

  @Test
  void aChangeThatIsSentTwiceIsOne() {
    ChangeEvent change =
        new ChangeEvent("c-1", "acme", "checkout", "1.2.3", "", "deploy", "Checkout 1.2.3", MINUTE);
    for (int sent = 1; sent <= 2; sent++) {
      store(
          new ChangeRows(),
          "changes",
          List.of(Records.json(ChangeEvent.class, "control.changes", sent, change)));
    }
    Row row = query.one(Sql.of("SELECT * FROM changes FINAL"));
    assertThat(row.text("service")).isEqualTo("checkout");
    assertThat(row.text("version")).isEqualTo("1.2.3");
    assertThat(row.text("region")).isEmpty();
    assertThat(row.text("kind")).isEqualTo("deploy");
    assertThat(row.instant("at")).isEqualTo(MINUTE);
  }

  private static List<Long> numbers(Row row, String column) {
    return row.<Number>list(column).stream().map(Number::longValue).toList();
  }

  private static RedRollup rollup(int i) {
    return rollup(i, "server");
  }

  private static RedRollup rollup(int i, String kind) {
    return new RedRollup(
        "acme",
        "eu",
        "checkout",
        "pay",
        kind,
        MINUTE.plusSeconds(10L * i),
        10,
        1,
        12_345,
        LongStream.range(0, RedRollup.BOUNDS_MILLIS.size() + 1).map(b -> 6).boxed().toList(),
        "0_1",
        i + 1);
  }

  private static void delta(
      List<ConsumerRecord<byte[], byte[]>> into,
      String scope,
      long good,
      long total,
      Instant minute,
      Instant known,
      Cause cause) {
    LedgerDelta delta =
        new LedgerDelta(
            SLO,
            3,
            2,
            scope,
            "",
            minute,
            good,
            total,
            total / 10,
            0,
            cause,
            known,
            "1_0",
            into.size() + 1);
    into.add(Records.json(LedgerDelta.class, "slo.ledger", into.size(), delta));
  }
}
