// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.archive.PastPoints.Export;
import dev.nines.archive.retention.Retention;
import dev.nines.extraction.LiveExtraction;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.CounterIndicator;
import dev.nines.objectives.CounterIndicator.Part;
import dev.nines.objectives.Generation;
import dev.nines.objectives.HistogramIndicator;
import dev.nines.objectives.Indicator;
import dev.nines.objectives.MetricSelection;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SpanPredicate.Attribute;
import dev.nines.objectives.SpanPredicate.Comparison;
import dev.nines.objectives.Threshold;
import dev.nines.objectives.backfill.History.Question;
import dev.nines.objectives.backfill.Reach;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same exports through extraction for SLOs that were always there, and for SLOs that begin
 * later; what the store says of the time before is the difference, to the slice and group.
 */
class SeriesHistoryTest extends TableTest {

  private static final Instant NOW = Records.APPENDED;
  private static final Instant LINE = NOW.truncatedTo(ChronoUnit.HOURS).minusSeconds(3_430);
  private static final Instant FROM = LINE.truncatedTo(ChronoUnit.HOURS).minusSeconds(30 * 3_600);
  private static final Instant FIRST = FROM.minusSeconds(27 * 3_600);
  private static final Instant LAST = LINE.plusSeconds(1_800);

  private static final MetricSelection ORDERS = selection("orders");
  private static final MetricSelection DURATION = selection("duration");
  private static final List<Slo> SLOS =
      List.of(
          slo("failed", new CounterIndicator(ORDERS, selection("orders.failed"), Part.BAD), "", 28),
          slo(
              "good",
              new CounterIndicator(ORDERS, where("orders", "code", "500"), Part.GOOD),
              "customer",
              28),
          slo(
              "codes",
              new CounterIndicator(DURATION, where("duration", "code", "5e2"), Part.BAD),
              "",
              28),
          slo(
              "quick",
              new HistogramIndicator(DURATION, new Threshold(new BigDecimal("250"), "ms")),
              "customer",
              28),
          slo(
              "fast",
              new HistogramIndicator(
                  selection("latency"), new Threshold(new BigDecimal("0.26"), "")),
              "",
              28),
          slo("short", new CounterIndicator(ORDERS, selection("orders.failed"), Part.BAD), "", 0));

  private final Random random = new Random(55);
  private final List<Export> exports =
      new PastPoints(random, FIRST, LINE.minusSeconds(5_000), LAST, false).exports();
  private final Map<String, long[]> always = new TreeMap<>();
  private final Map<String, long[]> later = new TreeMap<>();
  private final List<Instant> looks = new ArrayList<>();
  private StoredHistory history;

  @BeforeAll
  void fill(@TempDir Path folder) {
    history = new StoredHistory(query, Retention.DEFAULT);
    List<ConsumerRecord<byte[], byte[]>> accepted = new ArrayList<>();
    run(
        folder.resolve("always"),
        always,
        accepted,
        generation(1, FIRST.minusSeconds(86_400), SLOS));
    Slo other = slo("other", SLOS.getFirst().indicator(), "", 28);
    run(
        folder.resolve("later"),
        later,
        new ArrayList<>(),
        generation(1, FIRST.minusSeconds(86_400), List.of(other)),
        generation(2, LINE, SLOS));
    List<List<ConsumerRecord<byte[], byte[]>>> inserts =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    accepted.forEach(record -> inserts.get(Math.max(0, random.nextInt(40) - 37)).add(record));
    looks.add(Instant.EPOCH);
    for (List<ConsumerRecord<byte[], byte[]>> insert : inserts) {
      store(new MetricMapper(new CollectorRegistry()), MetricMapper.TABLES, insert);
      looks.add(history.settled().plusSeconds(30));
    }
  }

  private void run(
      Path state,
      Map<String, long[]> sums,
      List<ConsumerRecord<byte[], byte[]>> accepted,
      Generation... generations) {
    try (LiveExtraction live = new LiveExtraction(state, FIRST, generations)) {
      long passed = 0;
      for (Export export : exports) {
        Instant appended = Instant.ofEpochMilli(export.appended());
        live.send(export.region(), PastPoints.envelope(export), appended);
        if (export.appended() - passed >= 60_000) {
          live.pass(Duration.ofSeconds(1));
          passed = export.appended();
        }
      }
      live.pass(Duration.ofSeconds(1));
      accepted.addAll(live.accepted());
      for (Counts counts : live.counts()) {
        add(sums, counts.slo().name(), Map.of(counts.region(), counts.cells()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"failed", "good", "codes", "quick", "fast", "short"})
  void aLineBegunLaterAndItsPastAreALineThatWasAlwaysThere(String name) {
    Slo slo = named(name);
    Map<String, long[]> filled = new TreeMap<>();
    keep(later, name, filled);
    for (int look = 1; look < looks.size(); look++) {
      Question all = question(slo, looks.get(look - 1), looks.get(look));
      count(all.of(LINE, LINE.plus(Duration.ofHours(26))), filled);
      inStretches(all, filled);
    }
    Map<String, long[]> whole = new TreeMap<>();
    keep(always, name, whole);
    assertThat(differences(filled, whole)).isEmpty();
    assertThat(whole).hasSizeGreaterThan(500);
  }

  /** Those of the customer whose clock is ahead are left out. */
  @Test
  void itIsWhatBruteForceFinds() {
    PastTruth truth = new PastTruth(exports);
    Slo quick = named("quick");
    Map<String, long[]> wanted = inPeriod("quick", truth.quick(true));
    Map<String, long[]> counted = new TreeMap<>();
    inStretches(question(quick, Instant.EPOCH, looks.getLast()), counted);
    counted.keySet().removeIf(key -> key.endsWith(" customer 4"));
    assertThat(differences(counted, wanted)).isEmpty();
    assertThat(wanted.values()).anyMatch(sum -> sum[2] > 0).hasSizeGreaterThan(500);

    Slo failed = slo("failed", named("failed").indicator(), "customer", 28);
    Map<String, long[]> orders = new TreeMap<>();
    inStretches(question(failed, Instant.EPOCH, looks.getLast()), orders);
    orders.keySet().removeIf(key -> key.endsWith(" customer 4"));
    assertThat(differences(orders, inPeriod("failed", truth.failed(true)))).isEmpty();
  }

  /** Slices before the line began, by the cells of the back-fill. */
  private static Map<String, long[]> inPeriod(String slo, Map<String, long[]> sums) {
    Map<String, long[]> kept = new TreeMap<>();
    sums.forEach(
        (key, sum) -> {
          String[] words = key.split(" ", 3);
          long slice = Long.parseLong(words[0]);
          if (slice >= FROM.getEpochSecond() && slice < LINE.getEpochSecond()) {
            add(
                kept,
                slo,
                Map.of(words[1], List.of(new Cell(slice, sum[0], sum[1], sum[2], words[2]))));
          }
        });
    return kept;
  }

  private static Slo named(String name) {
    return SLOS.stream().filter(each -> each.id().name().equals(name)).findFirst().orElseThrow();
  }

  /** Asked once, at the end, it is what the looks made of it one by one. */
  @Test
  void howOftenItLooksMakesNoDifference() {
    long corrected = 0;
    for (Slo slo : List.of(named("failed"), named("quick"))) {
      Map<String, long[]> once = new TreeMap<>();
      keep(later, slo.id().name(), once);
      Question all = question(slo, Instant.EPOCH, looks.getLast());
      count(all.of(LINE, LINE.plus(Duration.ofHours(26))), once);
      inStretches(all, once);
      Map<String, long[]> whole = new TreeMap<>();
      keep(always, slo.id().name(), whole);
      assertThat(differences(once, whole)).isEmpty();
      corrected += takenAway(slo);
    }
    assertThat(corrected).as("what a late point takes from the one behind it").isPositive();
  }

  /** Cells of later looks that are less than nothing. */
  private long takenAway(Slo slo) {
    long cells = 0;
    for (int look = 2; look < looks.size(); look++) {
      Question all = question(slo, looks.get(look - 1), looks.get(look));
      cells +=
          history.count(all).orElseThrow().values().stream()
              .flatMap(List::stream)
              .filter(cell -> cell.total() < 0)
              .count();
    }
    return cells;
  }

  /** The point before is of before the line: extraction cannot know it, or need not. */
  @Test
  void whatIsAddedAcrossTheBeginIsInTheSliceOfTheLaterPoint() {
    for (Slo slo : SLOS) {
      Map<String, List<Cell>> crossing =
          history
              .count(
                  question(slo, Instant.EPOCH, looks.getLast())
                      .of(LINE, LINE.plus(Duration.ofHours(26))))
              .orElseThrow();
      assertThat(crossing.values().stream().flatMap(List::stream))
          .isNotEmpty()
          .allMatch(cell -> cell.sliceStartSeconds() >= LINE.getEpochSecond());
    }
  }

  @Test
  void itReachesAsFarBackAsPointsButForADayOfBases() {
    Slo slo = SLOS.getFirst();
    Instant kept = NOW.truncatedTo(ChronoUnit.DAYS).minus(28, ChronoUnit.DAYS).plusSeconds(90_000);
    assertThat(history.reach(slo, LINE.minus(Duration.ofDays(60)), LINE, NOW))
        .isInstanceOfSatisfying(
            Reach.Exact.class,
            exact -> {
              assertThat(exact.from()).isEqualTo(kept);
              assertThat(exact.spansFrom()).isEqualTo(LINE);
              assertThat(exact.note()).startsWith("points are kept 30 days");
              assertThat(exact.knownFrom())
                  .isEqualTo(
                      Instant.ofEpochMilli(exports.getFirst().appended())
                          .truncatedTo(ChronoUnit.MINUTES));
            });
    assertThat(history.reach(slo, FROM, LINE, NOW))
        .isEqualTo(new Reach.Exact(FROM, LINE, FROM, ""));
  }

  /** Newest first, of any length. */
  private void inStretches(Question all, Map<String, long[]> sums) {
    Instant to = LINE;
    while (to.isAfter(FROM)) {
      long minutes = 1 + random.nextInt(1_400);
      Instant from = to.minusSeconds(minutes * 60).truncatedTo(ChronoUnit.MINUTES);
      from = from.isBefore(FROM) ? FROM : from;
      count(all.of(from, to), sums);
      to = from;
    }
  }

  private void count(Question question, Map<String, long[]> sums) {
    add(sums, question.slo().id().name(), history.count(question).orElseThrow());
  }

  private static Question question(Slo slo, Instant seenFrom, Instant seenTo) {
    return new Question(slo, FROM, LINE, LINE, seenFrom, seenTo, minutesBefore(), LINE);
  }

  private static Instant minutesBefore() {
    return LINE.minusSeconds(10_800).truncatedTo(ChronoUnit.MINUTES);
  }

  /** By the cells of the back-fill. */
  private static void add(Map<String, long[]> sums, String slo, Map<String, List<Cell>> regions) {
    regions.forEach(
        (region, cells) ->
            cells.forEach(
                cell -> {
                  long slice = cell.sliceStartSeconds();
                  long width = slice < minutesBefore().getEpochSecond() ? 60 : 10;
                  String key =
                      "%s %d %s %s".formatted(slo, slice / width * width, region, cell.group());
                  long[] sum = sums.computeIfAbsent(key, k -> new long[3]);
                  sum[0] += cell.good();
                  sum[1] += cell.total();
                  sum[2] += cell.uncertain();
                }));
  }

  /** Those of one SLO that the period has. */
  private static void keep(Map<String, long[]> from, String slo, Map<String, long[]> kept) {
    from.forEach(
        (key, sum) -> {
          String[] words = key.split(" ");
          if (words[0].equals(slo) && Long.parseLong(words[1]) >= FROM.getEpochSecond()) {
            kept.put(key, sum.clone());
          }
        });
  }

  private static Map<String, String> differences(
      Map<String, long[]> counted, Map<String, long[]> wanted) {
    Map<String, String> differences = new TreeMap<>();
    TreeSet<String> keys = new TreeSet<>(counted.keySet());
    keys.addAll(wanted.keySet());
    for (String key : keys) {
      String is = Arrays.toString(counted.getOrDefault(key, new long[3]));
      String was = Arrays.toString(wanted.getOrDefault(key, new long[3]));
      if (!is.equals(was)) {
        differences.put(key, is + " instead of " + was);
      }
    }
    return differences;
  }

  private static Generation generation(long number, Instant from, List<Slo> slos) {
    return new Generation(PastPoints.TENANT, number, from, slos);
  }

  private static MetricSelection selection(String metric) {
    return new MetricSelection(metric, "checkout", Map.of(), List.of());
  }

  private static MetricSelection where(String metric, String key, String least) {
    return new MetricSelection(
        metric, "checkout", Map.of(), List.of(new Attribute(key, Comparison.GE, least)));
  }

  private static Slo slo(String name, Indicator indicator, String groupBy, int days) {
    return PastSpans.slo(
        new SloId(PastPoints.TENANT, name), indicator, Duration.ofHours(1 + days * 24L), groupBy);
  }
}
