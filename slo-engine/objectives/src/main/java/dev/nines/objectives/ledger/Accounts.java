// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.ledger;

import dev.nines.objectives.Budget;
import dev.nines.objectives.Budgeting.Occurrences;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.Fraction;
import dev.nines.objectives.SliceBudget;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SloStatus.SpentSlices;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two accounts of one budget. The live one has every event; the adjusted one leaves excluded
 * minutes out, or counts what came in them as good, as the SLO says.
 *
 * <p>Of a budget that slices spend, the events of excluded minutes leave their slice, or are good
 * in it, before it is judged. A slice without any other minute is removed with its place in the
 * period, or is good.
 */
public final class Accounts {

  private final Slo slo;
  private final BudgetTime time;
  private final ExcludedTime excluded;
  private final Map<String, Parts> regions = new TreeMap<>();
  private final Map<String, Long> live = new HashMap<>();
  private final Map<String, Long> adjusted = new HashMap<>();

  public Accounts(Slo slo, BudgetTime time, ExcludedTime excluded) {
    this.slo = slo;
    this.time = time;
    this.excluded = excluded;
  }

  /** A region's sums, of the minutes that are not excluded and of those that are. */
  public record Parts(LedgerSum kept, LedgerSum excluded) {

    public Parts plus(Parts more) {
      return new Parts(kept.plus(more.kept), excluded.plus(more.excluded));
    }

    LedgerSum all() {
      return kept.plus(excluded);
    }
  }

  /**
   * @param ratio share of events that are not bad, cut behind 9 digits; null without an event
   * @param budgetSpent to 9 digits, half up; above 1 it is overspent
   * @param slices null where events spend the budget
   */
  public record Account(
      long good,
      long bad,
      long total,
      long uncertain,
      long missing,
      @Nullable String ratio,
      BigDecimal budgetSpent,
      @Nullable SpentSlices slices) {}

  /**
   * @param scope a region, or all of them
   * @param excludedMinutes of the period until now, in all regions of the scope
   */
  public record ScopeAccounts(String scope, long excludedMinutes, Account live, Account adjusted) {}

  /** All of the period that a region has. */
  public void region(String region, Parts parts) {
    regions.put(region, parts);
  }

  /**
   * What regions have in one slice; one without a bad event need not be told.
   *
   * @param sliced how they spend
   */
  public void slice(Sliced sliced, Map<String, Parts> parts) {
    List<Events> every = new ArrayList<>();
    List<Events> rest = new ArrayList<>();
    parts.forEach(
        (region, part) -> {
          Events all = Events.of(part.all());
          Events left = adjusted(part);
          spend(sliced, live, region, List.of(all));
          spend(sliced, adjusted, region, List.of(left));
          every.add(all);
          rest.add(left);
        });
    spend(sliced, live, SloStatus.GLOBAL, every);
    spend(sliced, adjusted, SloStatus.GLOBAL, rest);
  }

  /** All regions together first, then each by name. */
  public List<ScopeAccounts> scopes() {
    List<ScopeAccounts> scopes = new ArrayList<>();
    scopes.add(scope(SloStatus.GLOBAL, regions.keySet()));
    regions.keySet().forEach(region -> scopes.add(scope(region, List.of(region))));
    return scopes;
  }

  private ScopeAccounts scope(String name, Collection<String> members) {
    Events all = Events.NONE;
    Events rest = Events.NONE;
    for (String member : members) {
      Parts parts = regions.getOrDefault(member, new Parts(LedgerSum.NONE, LedgerSum.NONE));
      all = all.plus(Events.of(parts.all()));
      rest = rest.plus(adjusted(parts));
    }
    long minutes = excluded.seconds(members, time.from(), time.to()) / 60;
    return switch (slo.budgeting()) {
      case Sliced sliced ->
          new ScopeAccounts(
              name,
              minutes,
              account(all, sliced, live.getOrDefault(name, 0L), 0),
              account(rest, sliced, adjusted.getOrDefault(name, 0L), removed(sliced, members)));
      case Occurrences occurrences -> new ScopeAccounts(name, minutes, account(all), account(rest));
    };
  }

  private Events adjusted(Parts parts) {
    Events kept = Events.of(parts.kept());
    return slo.excludedGood() ? kept.plus(Events.of(parts.excluded()).forgiven()) : kept;
  }

  private long removed(Sliced sliced, Collection<String> members) {
    return slo.excludedGood()
        ? 0
        : excluded.wholeSlices(members, time.from(), time.end(), sliced.slice().toSeconds());
  }

  private static void spend(
      Sliced sliced, Map<String, Long> shortfalls, String scope, List<Events> regions) {
    BigInteger bad = BigInteger.ZERO;
    BigInteger total = BigInteger.ZERO;
    for (Events events : regions) {
      bad = bad.add(BigInteger.valueOf(events.bad()));
      total = total.add(BigInteger.valueOf(events.total()));
    }
    long shortfall = sliced.shortfall(bad, new Fraction(total, BigInteger.ONE));
    shortfalls.merge(scope, shortfall, Math::addExact);
  }

  private Account account(Events events) {
    Budget budget = new Budget(slo.target(), events.total() - events.bad(), events.total());
    return account(events, budget.spent(), null);
  }

  private Account account(Events events, Sliced sliced, long shortfall, long removed) {
    long slices = whole(sliced) - removed;
    if (slices == 0) {
      BigDecimal none = BigDecimal.ZERO;
      return account(events, none, new SpentSlices(sliced.slice(), none, none));
    }
    SliceBudget budget = new SliceBudget(slo.target(), slices, shortfall);
    return account(
        events, budget.spent(), new SpentSlices(sliced.slice(), budget.bad(), budget.allowed()));
  }

  /** Slices of the whole period, also those to come. */
  private long whole(Sliced sliced) {
    return (time.end() - time.from()) / sliced.slice().toSeconds();
  }

  private static Account account(Events events, BigDecimal spent, @Nullable SpentSlices slices) {
    return new Account(
        events.good(),
        events.bad(),
        events.total(),
        events.uncertain(),
        events.missing(),
        events.ratio().map(BigDecimal::toPlainString).orElse(null),
        spent,
        slices);
  }
}
