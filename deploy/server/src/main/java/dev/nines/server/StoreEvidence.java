// SPDX-License-Identifier: Apache-2.0
package dev.nines.server;

import dev.nines.archive.EvidenceScope;
import dev.nines.archive.LedgerAccount;
import dev.nines.archive.LedgerGroups;
import dev.nines.archive.LedgerImpact;
import dev.nines.archive.SpanEvidence;
import dev.nines.catalog.Catalog;
import dev.nines.catalog.Changes;
import dev.nines.incident.postmortem.ChangeShare;
import dev.nines.incident.postmortem.Evidence;
import dev.nines.incident.postmortem.Fact;
import dev.nines.incident.postmortem.GroupImpact;
import dev.nines.incident.postmortem.Impact;
import dev.nines.objectives.Budgeting.Sliced;
import dev.nines.objectives.ChangeEvent;
import dev.nines.objectives.CompositeIndicator;
import dev.nines.objectives.Fraction;
import dev.nines.objectives.SliceBudget;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import dev.nines.warehouse.WarehouseException;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Answers the questions of a postmortem from the ledger, the spans and the record of changes. */
@Singleton
final class StoreEvidence implements Evidence {

  /** A postmortem says what was counted, whatever a later selector makes of it. */
  private static final LedgerAccount COUNTED = new LedgerAccount.AtTheTime();

  private static final int EXEMPLARS = 10;
  private static final int SHARE_DIGITS = 6;
  private static final String VERSION = "service.version";

  /** Changes that long before the first bad event are suspects, too. */
  private static final Duration LOOK_BACK = Duration.ofMinutes(30);

  private final Catalog catalog;
  private final Changes changes;
  private final LedgerImpact ledger;
  private final LedgerGroups groups;
  private final SpanEvidence spans;

  StoreEvidence(
      Catalog catalog,
      Changes changes,
      LedgerImpact ledger,
      LedgerGroups groups,
      SpanEvidence spans) {
    this.catalog = catalog;
    this.changes = changes;
    this.ledger = ledger;
    this.groups = groups;
    this.spans = spans;
  }

  @Override
  public Fact<Impact> impact(Question question) {
    return known(question, slo -> impact(question, slo));
  }

  @Override
  public Fact<List<GroupImpact>> groups(Question question) {
    return known(
        question,
        slo -> slo.groupBy().isEmpty() ? new Fact.Known<>(List.of(), "") : groupsOf(question));
  }

  @Override
  public Fact<List<String>> exemplars(Question question) {
    return known(
        question,
        slo ->
            ofSpans(
                slo,
                indicator -> {
                  var found = spans.exemplars(scope(question, indicator), EXEMPLARS);
                  return new Fact.Known<>(found.value(), found.query());
                }));
  }

  @Override
  public Fact<List<ChangeShare>> changes(Question question) {
    return known(question, slo -> ofSpans(slo, indicator -> changes(question, indicator)));
  }

  private Fact<List<ChangeShare>> changes(Question question, SpanIndicator indicator) {
    var shares = spans.byAttribute(scope(question, indicator), VERSION);
    List<ChangeEvent> suspects =
        changes.find(
            question.slo().tenant(),
            question.from().minus(LOOK_BACK),
            question.to(),
            indicator.service());
    List<ChangeShare> ranked =
        suspects.stream()
            .map(change -> share(change, shares.value()))
            .sorted(Comparator.comparing(StoreEvidence::excess).reversed())
            .toList();
    return new Fact.Known<>(ranked, shares.query());
  }

  /** What spans know of an objective over metrics is nothing: the ledger alone answers for it. */
  private static <T> Fact<T> ofSpans(Slo slo, Function<SpanIndicator, Fact<T>> answer) {
    return slo.indicator() instanceof SpanIndicator indicator
        ? answer.apply(indicator)
        : new Fact.Missing<>("the objective counts metrics, not spans", "");
  }

  private Fact<Impact> impact(Question question, Slo slo) {
    var found = ledger.regions(question.slo(), COUNTED, question.from(), question.to());
    List<LedgerImpact.RegionImpact> regions = found.value();
    long bad = regions.stream().mapToLong(LedgerImpact.RegionImpact::bad).sum();
    long total = regions.stream().mapToLong(LedgerImpact.RegionImpact::total).sum();
    Instant began = first(regions, LedgerImpact.RegionImpact::began).min(naturally()).orElse(null);
    Instant ended = first(regions, LedgerImpact.RegionImpact::ended).max(naturally()).orElse(null);
    return new Fact.Known<>(
        new Impact(
            began,
            ended,
            bad,
            total,
            regions.stream().mapToLong(LedgerImpact.RegionImpact::missing).sum(),
            spent(question, slo),
            regions.stream()
                .filter(region -> region.bad() > 0)
                .map(r -> new Impact.RegionImpact(r.region(), r.bad(), r.total()))
                .toList()),
        found.query());
  }

  private Fact<List<GroupImpact>> groupsOf(Question question) {
    var found = groups.impact(question.slo(), COUNTED, question.from(), question.to());
    return new Fact.Known<>(
        found.value().stream()
            .filter(group -> group.bad() > 0)
            .map(group -> new GroupImpact(group.group(), group.bad(), group.total()))
            .toList(),
        found.query());
  }

  private static Stream<Instant> first(
      List<LedgerImpact.RegionImpact> regions,
      Function<LedgerImpact.RegionImpact, Optional<Instant>> when) {
    return regions.stream().flatMap(region -> when.apply(region).stream());
  }

  private static Comparator<Instant> naturally() {
    return Comparator.naturalOrder();
  }

  /** Share of the period that the incident ended in, by what is of that period. */
  private BigDecimal spent(Question question, Slo slo) {
    Instant last = question.to().minusMillis(1);
    Instant from = slo.period().from(last);
    Instant began = from.isAfter(question.from()) ? from : question.from();
    return slo.budgeting() instanceof Sliced sliced
        ? slicesSpent(question, slo, sliced, began)
        : eventsSpent(question, slo, from, began);
  }

  /** Slices that touch the incident, by the events of all regions. */
  private BigDecimal slicesSpent(Question question, Slo slo, Sliced sliced, Instant began) {
    long shortfall =
        ledger.badSlices(question.slo(), COUNTED, began, question.to(), sliced.slice()).stream()
            .mapToLong(
                slice ->
                    sliced.shortfall(BigInteger.valueOf(slice.bad()), Fraction.of(slice.total())))
            .sum();
    long last = question.to().toEpochMilli() - 1;
    return SliceBudget.at(slo, sliced, last, shortfall).spent();
  }

  /** bad / ((1 - target) x total of the period up to the incident's end). */
  private BigDecimal eventsSpent(Question question, Slo slo, Instant from, Instant began) {
    long bad = sum(question, began, LedgerImpact.RegionImpact::bad);
    long total = sum(question, from, LedgerImpact.RegionImpact::total);
    BigDecimal allowed = slo.budget().multiply(BigDecimal.valueOf(total));
    return allowed.signum() == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(bad).divide(allowed, SHARE_DIGITS, RoundingMode.HALF_UP);
  }

  private long sum(
      Question question, Instant from, ToLongFunction<LedgerImpact.RegionImpact> number) {
    return ledger.regions(question.slo(), COUNTED, from, question.to()).value().stream()
        .mapToLong(number)
        .sum();
  }

  private static ChangeShare share(ChangeEvent change, List<SpanEvidence.Share> shares) {
    long bad = shares.stream().mapToLong(SpanEvidence.Share::bad).sum();
    long all = shares.stream().mapToLong(SpanEvidence.Share::total).sum();
    Map<String, SpanEvidence.Share> byVersion =
        shares.stream().collect(Collectors.toMap(SpanEvidence.Share::value, Function.identity()));
    SpanEvidence.Share with =
        byVersion.getOrDefault(change.version(), new SpanEvidence.Share(change.version(), 0, 0));
    return new ChangeShare(change, with.bad(), bad, with.total() - with.bad(), all - bad);
  }

  /** Share among bad events less share among good ones. */
  private static double excess(ChangeShare share) {
    return part(share.badWith(), share.badTotal()) - part(share.goodWith(), share.goodTotal());
  }

  private static double part(long some, long all) {
    return all == 0 ? 0 : (double) some / all;
  }

  private static EvidenceScope scope(Question question, SpanIndicator indicator) {
    boolean one = question.scopes().size() == 1 && !question.scopes().contains(SloStatus.GLOBAL);
    return new EvidenceScope(
        question.slo().tenant(),
        indicator,
        question.from(),
        question.to(),
        one ? question.scopes().getFirst() : SloStatus.GLOBAL);
  }

  private <T> Fact<T> known(Question question, Function<Slo, Fact<T>> answer) {
    Optional<Slo> slo =
        inForce(question, question.from()).or(() -> inForce(question, question.to()));
    if (slo.isEmpty()) {
      return new Fact.Missing<>("the objective was not in force", "");
    }
    if (slo.get().indicator() instanceof CompositeIndicator composite) {
      return new Fact.Missing<>(
          "a composite counts nothing itself; its components are "
              + String.join(", ", composite.names()),
          "");
    }
    try {
      return answer.apply(slo.get());
    } catch (WarehouseException e) {
      return new Fact.Missing<>(
          "ClickHouse: " + Objects.requireNonNullElse(e.getMessage(), e.toString()), "");
    }
  }

  /** A line that was given its past has bad events of before it was in force. */
  private Optional<Slo> inForce(Question question, Instant at) {
    return catalog.inForce(question.slo().tenant(), at).stream()
        .flatMap(generation -> generation.slos().stream())
        .filter(each -> each.id().equals(question.slo()))
        .findFirst();
  }
}
