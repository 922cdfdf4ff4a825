// SPDX-License-Identifier: Apache-2.0
package dev.nines.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.capacity.budget.BudgetForecastResource;
import dev.nines.capacity.budget.BudgetForecastResource.Answer;
import dev.nines.capacity.budget.LedgerHours;
import dev.nines.objectives.Budget;
import dev.nines.objectives.RollingWindow;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.access.Principal;
import dev.nines.warehouse.Sql;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in the real engine, asked when its budget will be spent. */
class BudgetForecastTest {

  private static final Instant NOW = Instant.parse("2026-11-26T10:37:12Z");
  private static final long HOUR = Instant.parse("2026-11-26T10:00:00Z").getEpochSecond();

  @TempDir private static Path data;

  @Test
  void theLedgerSaysWhenTheBudgetWillBeSpent() {
    try (Store store = new Store(data)) {
      insert(store, "steady", 3, 40 * 24, 1, 1_500);
      // Another line, and another tenant's SLO of that name, are not it.
      insert(store, "steady", 2, 40 * 24, 900, 1_000);
      Answer answer = resource(store).read("steady");
      assertThat(answer.reason()).isEmpty();
      assertThat(answer.historyDays()).isEqualTo(39);
      assertThat(answer.asOf()).isEqualTo("2026-11-26T10:37:00Z");
      BigDecimal exact = new Budget(new BigDecimal("0.999"), 1_499 * 337, 1_500 * 337).spent();
      assertThat(answer.spent())
          .isCloseTo(exact, org.assertj.core.data.Offset.offset(new BigDecimal("0.000001")));
      assertThat(answer.points()).hasSize(3);
      assertThat(answer.points().getLast().p90()).isEqualByComparingTo("0.666667");
      assertThat(answer.exhausted().p10()).isNull();
      assertThat(answer.exhausted().probability()).isEqualByComparingTo("0");
      assertThat(answer.coverage())
          .containsExactly(
              new BudgetForecastResource.Held(86_400, 28, 28, new BigDecimal("0.800000")),
              new BudgetForecastResource.Held(604_800, 22, 22, new BigDecimal("0.800000")));
      insert(store, "young", 3, 6 * 24, 1, 1_500);
      assertThat(resource(store).read("young").reason())
          .contains("5 days")
          .contains("7 are needed");
      assertThatThrownBy(() -> resource(store).read("none"))
          .isInstanceOf(WebApplicationException.class);
    }
  }

  /** In each of the last hours, that of now among them, at its tenth minute. */
  private static void insert(Store store, String slo, long line, int hours, long bad, long total) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < hours; i++) {
      rows.add(
          "('acme','%s','eu','',1,%d,%d,%d,%d,'ON_TIME',now64(3),'0_1',%d,now64(3))"
              .formatted(slo, line, HOUR - i * 3_600L + 600, total - bad, total, i));
    }
    store.query.execute(
        Sql.of(
            "INSERT INTO ledger (tenant, slo, scope, group, generation, line, minute, good, total,"
                + " cause, known_at, task, seq, logged_at) VALUES "
                + String.join(",", rows)));
  }

  private static BudgetForecastResource resource(Store store) {
    Principal ann = new Principal("acme", "ann", "", Set.of(Principal.Right.READ));
    return new BudgetForecastResource(
        () -> ann,
        (id, at) -> id.name().equals("none") ? Optional.empty() : Optional.of(slo(id)),
        new LedgerHours(store.query),
        () -> NOW);
  }

  private static Slo slo(SloId id) {
    return new Slo(
        id,
        3,
        id.name(),
        id.name(),
        "",
        Map.of(),
        new SpanIndicator(id.name(), "", "", Map.of(), new SpanPredicate.StatusError()),
        new BigDecimal("0.999"),
        new RollingWindow(Duration.ofDays(14)),
        List.of(),
        BigDecimal.ZERO,
        Slo.Missing.NEUTRAL);
  }
}
