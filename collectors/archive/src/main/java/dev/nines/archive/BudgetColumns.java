// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.warehouse.block.ArrayColumn;
import dev.nines.warehouse.block.Column;
import dev.nines.warehouse.block.FixedColumn;
import dev.nines.warehouse.block.WordColumn;
import java.util.List;

/** The columns of table {@code budget_history}. */
final class BudgetColumns {

  final WordColumn tenant = new WordColumn("tenant");
  final WordColumn slo = new WordColumn("slo");
  final WordColumn scope = new WordColumn("scope");
  final FixedColumn generation = FixedColumn.uint64("generation");
  final FixedColumn line = FixedColumn.uint64("line");
  final FixedColumn asOf = FixedColumn.dateTime64("as_of", 3);
  final FixedColumn target = FixedColumn.decimal64("target", Decimals.SCALE);
  final FixedColumn periodSeconds = FixedColumn.uint64("period_seconds");
  final FixedColumn periodFrom = FixedColumn.dateTime64("period_from", 3);
  final FixedColumn good = FixedColumn.int64("good");
  final FixedColumn total = FixedColumn.int64("total");
  final FixedColumn uncertain = FixedColumn.int64("uncertain");
  final FixedColumn missing = FixedColumn.int64("missing");
  final FixedColumn runGood = FixedColumn.int64("run_good");
  final FixedColumn runTotal = FixedColumn.int64("run_total");
  final FixedColumn budgetSpent = FixedColumn.decimal64("budget_spent", Decimals.SCALE);
  final WordColumn composite = new WordColumn("composite");
  final FixedColumn slicesBad = FixedColumn.decimal64("slices_bad", Decimals.SCALE);
  final FixedColumn slicesAllowed = FixedColumn.decimal64("slices_allowed", Decimals.SCALE);
  final FixedColumn coverage = FixedColumn.decimal64("coverage", Decimals.SCALE);
  final FixedColumn completeTo = FixedColumn.dateTime64("complete_to", 3);
  final FixedColumn unmeasuredSince = FixedColumn.dateTime64("unmeasured_since", 3);
  final ArrayColumn<WordColumn> unmeasuredRegions = words("unmeasured_regions");
  final ArrayColumn<WordColumn> quality = words("quality");
  final ArrayColumn<WordColumn> policy = words("burn_policy");
  final ArrayColumn<FixedColumn> longBurn = reals("burn_long");
  final ArrayColumn<FixedColumn> shortBurn = reals("burn_short");
  final ArrayColumn<FixedColumn> factor = reals("burn_factor");
  final ArrayColumn<FixedColumn> firing =
      new ArrayColumn<>("burn_firing", FixedColumn.uint8("item"));

  List<Column> all() {
    return List.of(
        tenant,
        slo,
        scope,
        generation,
        line,
        asOf,
        target,
        periodSeconds,
        periodFrom,
        good,
        total,
        uncertain,
        missing,
        runGood,
        runTotal,
        budgetSpent,
        composite,
        slicesBad,
        slicesAllowed,
        coverage,
        completeTo,
        unmeasuredSince,
        unmeasuredRegions,
        quality,
        policy,
        longBurn,
        shortBurn,
        factor,
        firing);
  }

  private static ArrayColumn<WordColumn> words(String name) {
    return new ArrayColumn<>(name, new WordColumn("item"));
  }

  private static ArrayColumn<FixedColumn> reals(String name) {
    return new ArrayColumn<>(name, FixedColumn.float64("item"));
  }
}
