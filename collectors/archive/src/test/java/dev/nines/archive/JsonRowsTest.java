// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.nines.objectives.BurnPolicy;
import dev.nines.objectives.BurnRecord;
import dev.nines.objectives.ChangeEvent;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.telemetry.RedRollup;
import dev.nines.warehouse.Row;
import dev.nines.warehouse.Sql;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
  void budgetHistoryKeepsExactDecimals() {
    SloStatus status =
        new SloStatus(
            SLO,
            3,
            2,
            "global",
            MINUTE,
            new BigDecimal("0.9999"),
            new RollingWindow(Duration.ofDays(30)),
            MINUTE.minus(Duration.ofDays(30)),
            97,
            100,
            2,
            1,
            199,
            200,
            0,
            new BigDecimal("100.123456789"),
            new SloStatus.SpentSlices(
                Duration.ofMinutes(1), new BigDecimal("8.2231"), new BigDecimal("43.2")),
            List.of(
                new SloStatus.Burn(
                    "fast", new BigDecimal("14.5"), null, new BigDecimal("14.4"), true)),
            new BigDecimal("0.25"),
            MINUTE.minusSeconds(30),
            null,
            List.of("us"),
            null,
            List.of("late"),
            new SloStatus.Composite(CompositeIndicator.Kind.PARALLEL, true, null, List.of()));
    store(
        new BudgetRows(),
        "budget_history",
        List.of(Records.json(SloStatus.class, "slo.status", 1, status)));
    Row row = query.one(Sql.of("SELECT *, isNaN(burn_short[1]) AS unknown FROM budget_history"));
    assertThat(row.decimal("target")).isEqualByComparingTo("0.9999");
    assertThat(row.decimal("budget_spent")).isEqualByComparingTo("100.123456789");
    assertThat(row.text("composite")).isEqualTo("parallel");
    assertThat(row.decimal("slices_bad")).isEqualByComparingTo("8.2231");
    assertThat(row.decimal("slices_allowed")).isEqualByComparingTo("43.2");
    assertThat(row.number("uncertain")).isEqualTo(2);
    assertThat(row.number("missing")).isEqualTo(1);
    assertThat(row.number("run_total")).isEqualTo(200);
    assertThat(row.instant("complete_to")).isEqualTo(MINUTE.minusSeconds(30));
    assertThat(row.instant("unmeasured_since")).isEqualTo(Instant.EPOCH);
    assertThat(row.list("unmeasured_regions")).containsExactly("us");
    assertThat(row.list("burn_policy")).containsExactly("fast");
    assertThat(row.number("unknown")).isEqualTo(1);
    assertThat(row.number("period_seconds")).isEqualTo(2_592_000);
    assertThat(row.instant("period_from")).isEqualTo(MINUTE.minus(Duration.ofDays(30)));
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
}
