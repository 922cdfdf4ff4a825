// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.LedgerDelta;
import dev.nines.objectives.LedgerDelta.Cause;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.access.Principal;
import dev.nines.warehouse.Sql;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The SLI ledger in the real engine, and who reads it. */
class LedgerRowsTest extends TableTest {

  private static final LedgerAccount COUNTED = new LedgerAccount.AtTheTime();

  private static final SloId SLO = new SloId("acme", "checkout");
  private static final Instant MINUTE = Instant.ofEpochSecond(1_700_000_040);

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
    LedgerImpact impact = new LedgerImpact(query);
    Instant inside = MINUTE.plusSeconds(30);
    assertThat(
            impact.badSlices(SLO, COUNTED, inside, MINUTE.plusSeconds(61), Duration.ofMinutes(1)))
        .containsExactly(new LedgerImpact.Slice(3, 20));
    assertThat(impact.badSlices(SLO, COUNTED, inside, inside, Duration.ofMinutes(2)))
        .containsExactly(new LedgerImpact.Slice(3, 27));
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
    assertThat(
            new LedgerImpact(query).regions(slo, COUNTED, MINUTE, MINUTE.plusSeconds(60)).value())
        .containsExactly(
            new LedgerImpact.RegionImpact(
                "eu", 49, 43, 40, Optional.of(MINUTE), Optional.of(MINUTE.plusSeconds(60))));
    assertThat(new LedgerGroups(query).impact(slo, COUNTED, MINUTE, MINUTE.plusSeconds(60)).value())
        .extracting(LedgerGroups.GroupImpact::group)
        .containsExactly("acme");
  }

  /** Whatever the dimension, the parts and the rest are all bad events. */
  @Test
  void whoSpentTheBudgetAddsUp() {
    SloId slo = new SloId("spent", "shop");
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    group(records, slo, "eu", "acme", MINUTE, 5, 9, 1);
    group(records, slo, "us", "acme", MINUTE.plusSeconds(60), 0, 2, 0);
    group(records, slo, "us", "globex", MINUTE.plusSeconds(60), 4, 5, 0);
    group(records, slo, "us", "late", MINUTE.plusSeconds(120), 0, 7, 0);
    missing(records, slo, 60);
    store(new LedgerRows(), "ledger", records);
    Principal ann = new Principal("spent", "ann", "", Set.of(Principal.Right.READ));
    AttributionResource attribution =
        new AttributionResource(
            () -> ann,
            (id, at) -> id.name().equals("shop") ? Optional.of(counters(id)) : Optional.empty(),
            new LedgerImpact(query),
            new LedgerGroups(query),
            new IncidentSpans(query),
            new SpanEvidence(query),
            () -> MINUTE.plusSeconds(95));
    AttributionResource.Answer regions = attribution.read("shop", "region", null, null);
    assertThat(regions.bad()).isEqualTo(66);
    assertThat(regions.counted()).isEqualTo(66);
    assertThat(regions.parts())
        .containsExactly(
            new AttributionResource.Part("eu", 63), new AttributionResource.Part("us", 3));
    assertThat(regions.unattributed()).isZero();
    assertThat(regions.to()).isEqualTo(MINUTE.plusSeconds(120));
    AttributionResource.Answer groups = attribution.read("shop", "group", null, null);
    assertThat(groups.bad()).isEqualTo(66);
    assertThat(groups.parts())
        .containsExactly(
            new AttributionResource.Part("acme", 5), new AttributionResource.Part("globex", 1));
    assertThat(groups.unattributed()).as("what did not come is of no group").isEqualTo(60);
    assertThatThrownBy(() -> attribution.read("shop", "service.version", null, null))
        .as("it counts metrics")
        .isInstanceOf(BadRequestException.class);
    assertThatThrownBy(() -> attribution.read("shopp", "region", null, null))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(404));
    assertThatThrownBy(() -> attribution.read("shop", " ", null, null))
        .isInstanceOf(BadRequestException.class);
  }

  private static Slo counters(SloId id) {
    MetricSelection all = new MetricSelection("orders", "", Map.of(), List.of());
    MetricSelection bad = new MetricSelection("orders.failed", "", Map.of(), List.of());
    return slo(id, new CounterIndicator(all, bad, CounterIndicator.Part.BAD));
  }

  static Slo slo(SloId id, Indicator indicator) {
    return new Slo(
        id,
        1,
        "shop",
        "shop",
        "",
        Map.of(),
        indicator,
        new BigDecimal("0.99"),
        new RollingWindow(Duration.ofDays(1)),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
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

  /** Also where the range ends before the composite was applied, and nothing was in force. */
  @Test
  void groupsOfACompositeAreThoseOfItsComponents() {
    CompositeIndicator composite =
        new CompositeIndicator(
            CompositeIndicator.Kind.SERIAL, List.of(component("checkout"), component("payment")));
    Instant applied = MINUTE.plusSeconds(600);
    Instant now = MINUTE.plusSeconds(3_600);
    GroupsResource groups =
        new GroupsResource(
            () -> new Principal("default", "ann", "", Set.of(Principal.Right.READ)),
            (id, at) -> at.isBefore(applied) ? Optional.empty() : Optional.of(slo(id, composite)),
            new LedgerGroups(query),
            () -> now);
    for (Instant to : List.of(applied.minusSeconds(60), now, now.plusSeconds(60))) {
      assertThatThrownBy(() -> groups.read("shop", MINUTE.toString(), to.toString(), "9"))
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("ask its components: checkout, payment");
    }
  }

  private static CompositeIndicator.Component component(String name) {
    return new CompositeIndicator.Component(name, BigDecimal.ONE);
  }

  private GroupsResource.Answer groups(String from, @Nullable String to, String limit) {
    return new GroupsResource(
            () -> new Principal("default", "ann", "", Set.of(Principal.Right.READ)),
            (id, at) -> Optional.empty(),
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
