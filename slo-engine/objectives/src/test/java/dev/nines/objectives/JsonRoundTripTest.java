// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.objectives.access.Principal;
import dev.nines.objectives.access.Principal.Right;
import dev.nines.transport.JsonSerde;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

/** What goes on a topic comes back the same, to the last digit. */
class JsonRoundTripTest {

  private static final SloId ID = new SloId("default", "checkout-availability");
  private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456789Z");
  private static final BigDecimal FINE = new BigDecimal("0.99990000000000000000000001");

  private static final TimeWindow MONTH =
      TimeWindow.parse("2026-01-01T00:00[America/New_York]/P1M");

  private static final BurnPolicy POLICY =
      new BurnPolicy(
          "page-2m",
          Duration.ofMinutes(2),
          Duration.ofSeconds(20),
          new BigDecimal("14.40"),
          BurnPolicy.Severity.PAGE);

  /** A holder of the id in both places of a map. */
  record Ids(Map<SloId, SloId> ids) {}

  @Test
  void anIdIsATextAsKeyAndAsValue() {
    Ids ids = new Ids(Map.of(ID, ID));
    String json = sees(Ids.class, ids);
    assertThat(json)
        .isEqualTo(
            "{\"ids\":{\"default/checkout-availability\":\"default/checkout-availability\"}}");
    assertThatThrownBy(() -> SloId.parse("/x")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aGenerationWithEveryPredicate() {
    SpanPredicate bad =
        new SpanPredicate.AnyOf(
            List.of(
                new SpanPredicate.StatusError(),
                new SpanPredicate.Slower(Duration.ofMillis(50)),
                new SpanPredicate.Attribute(
                    "http.response.status_code", SpanPredicate.Comparison.GE, "500"),
                new SpanPredicate.AnyOf(List.of(new SpanPredicate.StatusError()))));
    Slo slo =
        new Slo(
            ID,
            3,
            "checkout",
            "Checkout",
            "",
            Map.of("team", "orders"),
            new SpanIndicator("checkout", "", "server", Map.of("customer.tier", "plus"), bad),
            FINE,
            MONTH,
            new Budgeting.Timeslices(Duration.ofMinutes(1), new BigDecimal("0.95")),
            List.of(POLICY),
            new BigDecimal("0.98"),
            7,
            Slo.Missing.BAD,
            "customer.id",
            Slo.Vanished.TICKET,
            new Gate(new BigDecimal("0.9"), Gate.Burning.TICKET, Gate.Unmeasured.CLOSED),
            true);
    String json = sees(Generation.class, new Generation("default", 4, AT, List.of(slo)));
    assertThat(json)
        .contains(
            "\"is\":\"statusError\"",
            "\"PT0.05S\"",
            "\"2026-01-01T00:00[America/New_York]/P1M\"",
            FINE.toPlainString())
        .doesNotContain("\"budget\"", "default/4");
  }

  @Test
  void countsAndProgress() {
    sees(
        CountRecord.class,
        new CountRecord.Counts(
            ID,
            3,
            "eu-west-1",
            AT,
            "customer.id",
            List.of(
                new CountRecord.Cell(1_700_000_000L, 5, Long.MAX_VALUE),
                new CountRecord.Cell(1_700_000_010L, 5, 7, 1, "acme")),
            2,
            CountRecord.Source.COUNTERS,
            true,
            "0_1",
            17));
    String json =
        sees(
            CountRecord.class,
            new CountRecord.CompleteTo(
                "eu-west-1", 1, 4, AT, AT.minusSeconds(30), true, true, "0_1", 2));
    assertThat(json).contains("\"type\":\"completeTo\"", "\"2026-03-04T05:06:07.123456789Z\"");
  }

  @Test
  void statusWithAndWithoutWhatIsNotKnown() {
    for (Instant known : new Instant[] {null, AT}) {
      BigDecimal burn = known == null ? null : new BigDecimal("12.345678901");
      sees(
          SloStatus.class,
          new SloStatus(
              ID,
              4,
              3,
              SloStatus.GLOBAL,
              AT,
              FINE,
              MONTH,
              AT.minusSeconds(50),
              97,
              100,
              2,
              1,
              199,
              203,
              3,
              new BigDecimal("1.000000000"),
              known == null
                  ? null
                  : new SloStatus.SpentSlices(
                      Duration.ofMinutes(1), new BigDecimal("8.000000000001"), BigDecimal.TEN),
              List.of(new SloStatus.Burn("page-2m", burn, burn, BigDecimal.TEN, true)),
              new BigDecimal("0.9"),
              known,
              known,
              List.of("eu-west-1"),
              known == null ? null : new SloStatus.Traffic(AT, 12, 1_840L, true),
              List.of("late"),
              known == null ? null : composite()));
    }
    assertThat(ID).hasToString("default/checkout-availability");
  }

  private static SloStatus.Composite composite() {
    return new SloStatus.Composite(
        CompositeIndicator.Kind.SERIAL,
        true,
        new BigDecimal("0.998001000"),
        List.of(new SloStatus.Component(ID.component("cart"), BigDecimal.TEN, 97, 99, 1)));
  }

  @Test
  void aCompositeWithItsComponents() {
    CompositeIndicator composite =
        new CompositeIndicator(
            CompositeIndicator.Kind.WEIGHTED,
            List.of(
                new CompositeIndicator.Component("path.cart", new BigDecimal("2.5")),
                new CompositeIndicator.Component("path.payment", BigDecimal.ONE)));
    assertThat(sees(Indicator.class, composite))
        .isEqualTo(
            "{\"over\":\"composite\",\"kind\":\"WEIGHTED\",\"components\":["
                + "{\"slo\":\"path.cart\",\"weight\":2.5},{\"slo\":\"path.payment\",\"weight\":1}]}");
    assertThat(ID.component("cart").whole()).isEqualTo(ID);
    assertThat(ID.component("cart").isComponent()).isTrue();
    assertThat(ID.whole()).isEqualTo(ID);
  }

  @Test
  void burns() {
    sees(
        BurnRecord.class,
        new BurnRecord.Change(
            ID,
            4,
            "eu-west-1",
            "checkout",
            POLICY,
            BurnRecord.State.FROZEN,
            AT,
            AT,
            AT,
            new BigDecimal("1E+1"),
            new BigDecimal("0.100000000000000000001"),
            5,
            9,
            BigDecimal.ZERO,
            List.of("eu-west-1")));
    sees(
        BurnRecord.class,
        new BurnRecord.Vanished(
            ID,
            4,
            "eu-west-1",
            "checkout",
            BurnPolicy.Severity.TICKET,
            BurnRecord.State.FIRING,
            AT,
            AT,
            AT,
            12,
            1_840,
            List.of()));
    assertThat(sees(BurnRecord.class, new BurnRecord.Alive(3, AT))).contains("\"alive\"");
  }

  @Test
  void ledgerChangesAndTokens() {
    sees(
        LedgerDelta.class,
        new LedgerDelta(
            ID, 4, 3, "eu-west-1", "", AT, -1, 2, 1, -7, LedgerDelta.Cause.LATE, AT, "0_1", 9));
    sees(
        ChangeEvent.class,
        new ChangeEvent("id", "default", "checkout", "4.8.0", "", "deploy", "Größe \"x\"", AT));
    String json =
        sees(
            AccessToken.class,
            new AccessToken(
                "ab12",
                new Principal("default", "admin", "", Set.of(Right.READ, Right.ADMINISTER)),
                true));
    assertThat(json).contains("\"sha256\":\"ab12\"");
  }

  @Test
  void aNewerWritersFieldIsIgnoredAndNonsenseRefused() {
    JsonSerde<BurnRecord> serde = new JsonSerde<>(BurnRecord.class);
    byte[] newer =
        "{\"new\":1,\"type\":\"alive\",\"partition\":1,\"at\":\"2026-01-01T00:00:00Z\"}"
            .getBytes(UTF_8);
    assertThat(serde.read(newer)).isInstanceOf(BurnRecord.Alive.class);
    assertThatThrownBy(() -> serde.read("{\"type\":\"x\"}".getBytes(UTF_8)))
        .isInstanceOf(SerializationException.class);
  }

  /** Writes, reads, compares; answers the JSON. */
  private static <T> String sees(Class<T> type, T value) {
    JsonSerde<T> serde = new JsonSerde<>(type);
    byte[] json = serde.write(value);
    assertThat(serde.read(json)).isEqualTo(value);
    return new String(json, UTF_8);
  }
}
