// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.archive.retention.Retention;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanIndicator;
import dev.nines.objectives.SpanPredicate;
import dev.nines.objectives.SpanPredicate.AnyOf;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.SpanPredicate.Slower;
import dev.nines.objectives.SpanPredicate.StatusError;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.objectives.backfill.Reach;
import dev.nines.telemetry.AccountingEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real engine says of the past, against each span counted by hand. */
class StoredHistoryTest extends TableTest {

  private static final Instant NOW = Records.APPENDED;

  /** Behind now at any minute of the hour: an event that is ahead counts where it came. */
  private static final Instant TO =
      NOW.minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS).plusSeconds(1_230);

  private static final Instant FROM = TO.minusSeconds(30 * 3_600L + 1_230);
  private static final Instant LONG_AGO =
      NOW.truncatedTo(ChronoUnit.DAYS).minus(30, ChronoUnit.DAYS);
  private static final Duration PERIOD = Duration.ofDays(28);

  private static final SpanPredicate FAILED = new StatusError();
  private static final SpanPredicate SLOW = new Slower(Duration.ofMillis(50));

  private final PastSpans spans = new PastSpans(new Random(44), FROM, TO);
  private StoredHistory history;
  private Instant betweenInserts;

  @BeforeAll
  void fill() {
    history = new StoredHistory(query, Retention.DEFAULT);
    store(new SpanMapper(), "spans", spans.records(0));
    store(new RedRows(), "red_10s", spans.rollups(0, NOW));
    store(new RedMinuteRows(), "red_1m", spans.rollups(0, NOW));
    betweenInserts = history.settled().plusSeconds(30);
    store(new SpanMapper(), "spans", spans.records(1));
    store(new RedRows(), "red_10s", spans.rollups(1, NOW));
    store(new RedMinuteRows(), "red_1m", spans.rollups(1, NOW));
    store(new RedMinuteRows(), "red_1m", spans.longAgo(LONG_AGO));
  }

  static List<SpanIndicator> byRollups() {
    return List.of(
        indicator("shop", "", "", FAILED),
        indicator("shop", "GET /", "server", FAILED),
        indicator("", "", "client", FAILED),
        indicator("shop", "GET /", "", SLOW),
        indicator("shop", "", "", new AnyOf(List.of(SLOW, new Slower(Duration.ofSeconds(1))))));
  }

  static List<SpanIndicator> bySpansAlone() {
    return List.of(
        indicator("shop", "", "", new AnyOf(List.of(FAILED, SLOW))),
        indicator("shop", "", "", new Slower(Duration.ofMillis(51))),
        indicator("shop", "", "", new Slower(Duration.ofNanos(50_000_001))),
        indicator("shop", "", "", new Attribute("code", Comparison.GE, "500")),
        indicator("shop", "", "", new Attribute("code", Comparison.NE, "200")),
        new SpanIndicator("shop", "", "", Map.of("tier", "gold"), FAILED));
  }

  @ParameterizedTest
  @MethodSource({"byRollups", "bySpansAlone"})
  void spansAreCountedOneByOne(SpanIndicator indicator) {
    Slo slo = slo(indicator, PERIOD, "");
    Question all = question(slo, FROM, Instant.EPOCH, Instant.MAX);
    assertThat(inStretches(all)).isEqualTo(spans.count(slo, all.minutesBefore(), 0, 1));
  }

  @ParameterizedTest
  @MethodSource("byRollups")
  void rollupsSayTheSame(SpanIndicator indicator) {
    Slo slo = slo(indicator, PERIOD, "");
    for (Instant spansFrom : List.of(TO, FROM.plusSeconds(7_200))) {
      Question all = question(slo, spansFrom, Instant.EPOCH, Instant.MAX);
      assertThat(inStretches(all)).isEqualTo(spans.count(slo, all.minutesBefore(), 0, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasInsertedBetweenTwoLooksIsCountedByTheSecond(boolean rollups) {
    Slo slo = slo(indicator("shop", "", "", FAILED), PERIOD, "");
    Instant spansFrom = rollups ? TO : FROM;
    Question first = question(slo, spansFrom, Instant.EPOCH, betweenInserts);
    assertThat(inStretches(first)).isEqualTo(spans.count(slo, first.minutesBefore(), 0, 0));
    Question second = question(slo, spansFrom, betweenInserts, Instant.MAX);
    assertThat(inStretches(second)).isEqualTo(spans.count(slo, first.minutesBefore(), 1, 1));
  }

  @Test
  void groupsAreNamedAsCountsNameThem() {
    Slo slo = slo(indicator("shop", "", "", FAILED), PERIOD, "customer");
    Question all = question(slo, FROM, Instant.EPOCH, Instant.MAX);
    assertThat(inStretches(all))
        .isEqualTo(spans.count(slo, all.minutesBefore(), 0, 1))
        .satisfies(
            counted -> assertThat(counted.keySet()).anyMatch(key -> key.endsWith("/__none__")));
  }

  /** What came over the period and a day after its end is in no budget. */
  @Test
  void whatIsTooOldIsLeftOut() {
    Slo slo = slo(indicator("shop", "", "", FAILED), Duration.ofHours(1), "");
    Question all = question(slo, FROM, Instant.EPOCH, Instant.MAX);
    Map<String, Long> counted = inStretches(all);
    assertThat(counted).isEqualTo(spans.count(slo, all.minutesBefore(), 0, 1));
    Slo longer = slo(of(slo), PERIOD, "");
    assertThat(counted).isNotEqualTo(spans.count(longer, all.minutesBefore(), 0, 1));
  }

  @ParameterizedTest
  @MethodSource("byRollups")
  void rollupsReachBehindTheDaysOfSpans(SpanIndicator indicator) {
    Slo slo = slo(indicator, Duration.ofDays(60), "");
    Instant from = TO.minus(Duration.ofDays(60));
    Reach reach = history.reach(slo, from, TO, NOW);
    Instant spansFrom = NOW.truncatedTo(ChronoUnit.DAYS).minus(13, ChronoUnit.DAYS);
    assertThat(reach).isEqualTo(new Reach.Exact(from, spansFrom, LONG_AGO, ""));
    Question old =
        new Question(
            slo, from, spansFrom, spansFrom, Instant.EPOCH, NOW.plusSeconds(60), spansFrom, TO);
    assertThat(flat(history.count(old).orElseThrow())).isEqualTo(spans.countLongAgo(slo, LONG_AGO));
  }

  @ParameterizedTest
  @MethodSource("bySpansAlone")
  void otherSelectorsReachAsFarAsSpans(SpanIndicator indicator) {
    Slo slo = slo(indicator, Duration.ofDays(60), "");
    Reach reach = history.reach(slo, TO.minus(Duration.ofDays(60)), TO, NOW);
    Instant spansFrom = NOW.truncatedTo(ChronoUnit.DAYS).minus(13, ChronoUnit.DAYS);
    assertThat(reach)
        .isInstanceOfSatisfying(
            Reach.Exact.class,
            exact -> {
              assertThat(exact.from()).isEqualTo(spansFrom);
              assertThat(exact.note())
                  .startsWith("spans are kept 15 days, and rollups cannot tell: ");
            });
  }

  @Test
  void ofASampledTenantRollupsAreExactAndSpansAnEstimate() {
    store(
        new AccountingRows(),
        "accounting",
        List.of(
            Records.json(
                AccountingEntry.class,
                "telemetry.accounting",
                1,
                new AccountingEntry(
                    "acme-sampled",
                    "eu",
                    "traces",
                    AccountingEntry.Heading.SAMPLED_OUT,
                    "",
                    5,
                    "t",
                    1,
                    NOW.minusSeconds(60)))));
    PastSpans sampled = new PastSpans(new Random(7), FROM, TO).of("acme-sampled", "ot=th:8");
    store(new SpanMapper(), "spans", sampled.records(0));
    store(new RedMinuteRows(), "red_1m", sampled.rollups(0, NOW));
    Slo exact = slo("acme-sampled", indicator("shop", "", "", FAILED), PERIOD, "");
    assertThat(history.reach(exact, FROM, TO, NOW.plusSeconds(60)))
        .isInstanceOfSatisfying(
            Reach.Exact.class, reach -> assertThat(reach.spansFrom()).isEqualTo(TO));
    Slo estimate = slo("acme-sampled", bySpansAlone().getFirst(), PERIOD, "");
    long kept = sum(sampled.count(estimate, FROM, 0, 0), "total");
    assertThat(history.reach(estimate, FROM, TO, NOW.plusSeconds(600)))
        .isInstanceOfSatisfying(
            Reach.Estimated.class, reach -> assertThat(reach.total()).isEqualTo(2 * kept));
  }

  @Test
  void namesBeyondTheLimitsOfRollupsAreRefused() {
    PastSpans other = new PastSpans(new Random(9), FROM, TO).of("acme-other", "");
    store(new RedMinuteRows(), "red_1m", other.rollups("__other__", NOW));
    RollupHistory rollups = new RollupHistory(query);
    SpanIndicator named = indicator("shop", "GET /", "", FAILED);
    assertThat(rollups.refusal("acme-other", named, FROM, TO)).isPresent();
    assertThat(rollups.refusal("acme-other", indicator("shop", "", "", FAILED), FROM, TO))
        .isEmpty();
    assertThat(rollups.refusal("acme", named, FROM, TO)).isEmpty();
  }

  /** Each stretch is a question of its own; together they are all. */
  private Map<String, Long> inStretches(Question all) {
    Map<String, Long> sums = new TreeMap<>();
    Instant to = all.to();
    long minutes = 17;
    while (to.isAfter(all.from())) {
      Instant from = to.minusSeconds(minutes * 60);
      from = Instant.ofEpochSecond(Math.floorDiv(from.getEpochSecond(), 60) * 60);
      from = from.isBefore(all.from()) ? all.from() : from;
      flat(history.count(all.of(from, to)).orElseThrow())
          .forEach((key, value) -> sums.merge(key, value, Long::sum));
      to = from;
      minutes += 31;
    }
    return sums;
  }

  private static Map<String, Long> flat(Map<String, List<Cell>> regions) {
    Map<String, Long> flat = new TreeMap<>();
    regions.forEach(
        (region, cells) ->
            cells.forEach(
                cell -> {
                  String key = region + '/' + cell.sliceStartSeconds() + "/%s/" + cell.group();
                  flat.merge(key.formatted("total"), cell.total(), Long::sum);
                  if (cell.total() > cell.good()) {
                    flat.merge(key.formatted("bad"), cell.total() - cell.good(), Long::sum);
                  }
                }));
    return flat;
  }

  private static long sum(Map<String, Long> counted, String what) {
    return counted.entrySet().stream()
        .filter(entry -> entry.getKey().contains('/' + what + '/'))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static Question question(Slo slo, Instant spansFrom, Instant seenFrom, Instant seenTo) {
    Instant end = seenTo.equals(Instant.MAX) ? NOW.plusSeconds(600) : seenTo;
    Instant minutesBefore = TO.minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MINUTES);
    return new Question(slo, FROM, TO, spansFrom, seenFrom, end, minutesBefore, TO);
  }

  private static SpanIndicator indicator(
      String service, String operation, String kind, SpanPredicate bad) {
    return new SpanIndicator(service, operation, kind, Map.of(), bad);
  }

  private static SpanIndicator of(Slo slo) {
    return (SpanIndicator) slo.indicator();
  }

  private static Slo slo(SpanIndicator indicator, Duration period, String groupBy) {
    return slo("acme", indicator, period, groupBy);
  }

  private static Slo slo(String tenant, SpanIndicator indicator, Duration period, String groupBy) {
    return PastSpans.slo(new SloId(tenant, "slo"), indicator, period, groupBy);
  }
}
