// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.SloStatus;
import dev.nines.objectives.TimeWindow;
import dev.nines.warehouse.sink.RecordIdentity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code slo.status} to {@code budget_history}. */
final class BudgetRows extends JsonRows<SloStatus> {

  private final BudgetColumns columns;

  BudgetRows() {
    this(new BudgetColumns());
  }

  private BudgetRows(BudgetColumns columns) {
    super(SloStatus.class, columns.all());
    this.columns = columns;
  }

  @Override
  @Nullable RecordIdentity identity(SloStatus status) {
    return null;
  }

  @Override
  boolean append(SloStatus status) {
    columns.tenant.put(status.slo().tenant());
    columns.slo.put(status.slo().name());
    columns.scope.put(status.scope());
    columns.generation.put(status.generation());
    columns.line.put(status.line());
    columns.target.put(Decimals.unscaled(status.target()));
    long asOf = status.asOf().toEpochMilli();
    columns.asOf.put(asOf);
    TimeWindow period = status.period();
    columns.periodSeconds.put((period.endMillis(asOf) - period.fromMillis(asOf)) / 1_000);
    columns.periodFrom.put(status.periodFrom().toEpochMilli());
    columns.good.put(status.good());
    columns.total.put(status.total());
    columns.uncertain.put(status.uncertain());
    columns.missing.put(status.missing());
    columns.runGood.put(status.runGood());
    columns.runTotal.put(status.runTotal());
    columns.budgetSpent.put(Decimals.unscaled(status.budgetSpent()));
    SloStatus.Composite composite = status.composite();
    columns.composite.put(
        composite == null ? "" : composite.kind().name().toLowerCase(Locale.ROOT));
    SloStatus.SpentSlices slices = status.slices();
    columns.slicesBad.put(slices == null ? 0 : Decimals.unscaled(slices.bad()));
    columns.slicesAllowed.put(slices == null ? 0 : Decimals.unscaled(slices.allowed()));
    columns.coverage.put(Decimals.unscaled(status.coverage()));
    columns.completeTo.put(millis(status.completeTo()));
    columns.unmeasuredSince.put(millis(status.unmeasuredSince()));
    status.unmeasuredRegions().forEach(columns.unmeasuredRegions.items()::put);
    columns.unmeasuredRegions.endRow();
    status.quality().forEach(columns.quality.items()::put);
    columns.quality.endRow();
    putBurns(status.burns());
    return true;
  }

  private void putBurns(List<SloStatus.Burn> burns) {
    for (SloStatus.Burn burn : burns) {
      columns.policy.items().put(burn.policy());
      columns.longBurn.items().put(real(burn.longBurn()));
      columns.shortBurn.items().put(real(burn.shortBurn()));
      columns.factor.items().put(burn.factor().doubleValue());
      columns.firing.items().put(burn.firing() ? 1 : 0);
    }
    columns.policy.endRow();
    columns.longBurn.endRow();
    columns.shortBurn.endRow();
    columns.factor.endRow();
    columns.firing.endRow();
  }

  private static double real(@Nullable BigDecimal value) {
    return value == null ? Double.NaN : value.doubleValue();
  }
}
