// SPDX-License-Identifier: Apache-2.0
package dev.nines.extraction;

import static dev.nines.extraction.Bench.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.objectives.CountRecord;
import dev.nines.objectives.CountRecord.Cell;
import dev.nines.objectives.CountRecord.CompleteTo;
import dev.nines.objectives.CountRecord.Counts;
import dev.nines.objectives.Slo;
import dev.nines.objectives.SpanPredicate;
import dev.nines.telemetry.Acceptance;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.AccountingEntry.Heading;
import dev.nines.telemetry.Envelope;
import dev.nines.telemetry.Progress;
import dev.nines.telemetry.TelemetryTopics;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Duplicates, time, generations, order and accounting of the topology. */
class ExtractionTopologyTest {

  private static final Slo CHECKOUT =
      Traffic.slo("checkout", 1, "checkout", new SpanPredicate.StatusError());
  private static final Duration TICK = Duration.ofMillis(50);

  @TempDir Path state;
  private Bench bench;

  @BeforeEach
  void open() {
    bench = new Bench(state);
    bench.objectives.add(Traffic.generation(1, START.minusSeconds(86_400), CHECKOUT));
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void countsGoodAndTotalTogetherInTheSliceOfTheEnd() {
    send("eu", START.plusSeconds(12), failed(START.plusSeconds(9)), good(START.plusSeconds(10)));
    bench.pass(TICK);

    Counts counts = (Counts) bench.counts().getFirst();
    assertThat(counts.slo()).isEqualTo(CHECKOUT.id());
    assertThat(counts.appendedAt()).isEqualTo(START.plusSeconds(12));
    assertThat(counts.cells())
        .containsExactly(
            new Cell(START.getEpochSecond(), 0, 1), new Cell(START.getEpochSecond() + 10, 1, 1));
  }

  @Test
  void aRepeatWithinAnHourIsDroppedAndOneAfterItCounts() {
    Envelope batch = batch(good(START));
    bench.send("eu", batch, START);
    bench.send("eu", batch, START.plusSeconds(3_600));
    bench.send("eu", batch, START.plusSeconds(3_600).plusMillis(1));
    bench.pass(TICK);

    assertThat(total(bench.counts())).isEqualTo(2);
    assertThat(bench.records(TelemetryTopics.accepted("eu"))).hasSize(2);
  }

  @Test
  void aRegionThatCatchesUpHoursBehindTheOthersKeepsItsDuplicatesOut() {
    send("us", START.plusSeconds(7_200), good(START.plusSeconds(7_200)));
    Envelope late = batch(good(START));
    bench.send("eu", late, START);
    bench.pass(Duration.ofSeconds(1));
    bench.send("eu", late, START.plusSeconds(600));
    bench.pass(TICK);

    assertThat(total(bench.counts())).isEqualTo(2);
  }

  @Test
  void whatIsForgottenIsBoundedByTheWindow() {
    for (int second = 0; second < 7_200; second += 60) {
      send("eu", START.plusSeconds(second), good(START.plusSeconds(second)));
      bench.pass(Duration.ofSeconds(1));
    }
    Double expired = bench.registry.getSampleValue("nines_extraction_identities_expired_total");
    assertThat(expired).isBetween(58.0, 60.0);
  }

  @Test
  void partsOfOneBatchAreDecidedOneByOne() {
    Envelope whole = batch(good(START));
    Envelope second =
        new Envelope(
            whole.identity(),
            whole.tenant(),
            whole.signal(),
            1,
            2,
            1,
            whole.receivedAt(),
            whole.collector(),
            whole.body());
    bench.send("eu", whole, START);
    bench.send("eu", second, START);
    bench.send("eu", second, START);
    bench.pass(TICK);

    assertThat(total(bench.counts())).isEqualTo(2);
  }

  @Test
  void forwardsUnchangedWithAcceptanceHeaders() {
    Envelope batch = batch(good(START));
    bench.send("eu", batch, START.plusMillis(7));

    TestRecord<byte[], byte[]> record = bench.records(TelemetryTopics.accepted("eu")).getFirst();
    assertThat(record.key()).isEqualTo(batch.identity().bytes());
    assertThat(record.value()).isEqualTo(batch.body());
    Acceptance acceptance = Acceptance.read(name -> record.headers().lastHeader(name).value());
    assertThat(acceptance)
        .isEqualTo(new Acceptance(START.plusMillis(7), "eu", acceptance.task(), 1));
    assertThat(record.headers().lastHeader("tenant").value()).isEqualTo("default".getBytes());
  }

  @Test
  void numbersGrowByOneOverAllTopicsOfARegion() {
    send("eu", START, good(START));
    bench.send("eu", progress(START, 1), START);
    bench.pass(Duration.ofSeconds(1));
    send("eu", START.plusSeconds(2), good(START.plusSeconds(2)));
    bench.pass(Duration.ofSeconds(1));

    List<Long> numbers = new ArrayList<>();
    bench.counts().forEach(record -> numbers.add(record.seq()));
    bench.rollups().forEach(row -> numbers.add(row.seq()));
    bench.accounting().forEach(entry -> numbers.add(entry.seq()));
    bench
        .records(TelemetryTopics.accepted("eu"))
        .forEach(
            record ->
                numbers.add(
                    Acceptance.read(name -> record.headers().lastHeader(name).value()).seq()));
    assertThat(numbers)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, numbers.size()).mapToObj(Long::valueOf).toList());
  }

  @Test
  void progressFollowsTheCountsThatItCovers() {
    send("eu", START, good(START));
    bench.send("eu", progress(START.plusSeconds(1), 1), START.plusSeconds(1));
    bench.pass(TICK);

    List<CountRecord> records = bench.counts();
    assertThat(records).hasSize(2);
    assertThat(records.getFirst()).isInstanceOf(Counts.class);
    CompleteTo complete = (CompleteTo) records.get(1);
    assertThat(complete.completeTo()).isEqualTo(START.minusSeconds(29));
    assertThat(complete.progressAt()).isEqualTo(START.plusSeconds(1));
    assertThat(complete.goodbye()).isFalse();
  }

  @Test
  void aBacklogOfReportsIsToldInSmallSteps() {
    bench.send("eu", progress(START, 1), START);
    bench.pass(TICK);
    for (int second = 1; second <= 60; second++) {
      Instant at = START.plusSeconds(second);
      bench.send("eu", progress(at, 1), at);
    }
    bench.pass(Duration.ofSeconds(1));

    List<Instant> told =
        bench.counts().stream().map(record -> ((CompleteTo) record).progressAt()).toList();
    assertThat(told).hasSize(13);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i)).isEqualTo(START.plusSeconds(5L * i));
    }
  }

  @Test
  void aCollectorWhoseClockWentBackIsHeardAgain() {
    bench.send("eu", progress(START, 9), START);
    Instant later = START.plusSeconds(400);
    bench.send("eu", progress(later, 3), later);
    bench.pass(TICK);
    assertThat(lastProgress()).isEqualTo(later);
  }

  @Test
  void completeToIsTheMinimumOfTheLiveCollectors() {
    bench.send("eu", new Progress("a", 1, START.plusSeconds(50), false), START.plusSeconds(50));
    bench.send("eu", new Progress("b", 1, START.plusSeconds(20), false), START.plusSeconds(51));
    bench.pass(TICK);
    assertThat(lastProgress()).isEqualTo(START.plusSeconds(20));

    Instant later = START.plusSeconds(400);
    bench.send("eu", new Progress("a", 1, later, false), later);
    bench.pass(Duration.ofSeconds(1));
    assertThat(lastProgress()).as("b is silent for over 5 min").isEqualTo(later);
  }

  @Test
  void theLastGoodbyeCompletesARegion() {
    bench.send("eu", new Progress("a", 1, START, false), START);
    bench.send("eu", new Progress("a", 1, START.plusSeconds(3), true), START.plusSeconds(3));
    bench.pass(TICK);

    CompleteTo complete = (CompleteTo) bench.counts().getLast();
    assertThat(complete.goodbye()).isTrue();
    assertThat(complete.completeTo()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void theGenerationOfTheEventsSliceCounts() {
    Slo changed = Traffic.slo("checkout", 2, "checkout", new SpanPredicate.StatusError());
    bench.objectives.add(Traffic.generation(2, START.plusSeconds(60), changed));
    Instant late = START.plusSeconds(70);
    send("eu", late, good(START.plusSeconds(59)), good(START.plusSeconds(60)));
    bench.pass(TICK);

    Map<Long, Long> totals =
        bench.counts().stream()
            .map(Counts.class::cast)
            .collect(Collectors.toMap(Counts::line, counts -> counts.cells().getFirst().total()));
    assertThat(totals).isEqualTo(Map.of(1L, 1L, 2L, 1L));
  }

  @Test
  void aReplayOfManySlicesFitsIntoRecords() {
    bench.objectives.add(Traffic.generation(1, START.minusSeconds(864_000), CHECKOUT));
    Span[] spans =
        IntStream.range(0, 8_000)
            .mapToObj(i -> good(START.minusSeconds(10L * i)))
            .toArray(Span[]::new);
    send("eu", START, spans);
    bench.pass(TICK);

    List<CountRecord> counts = bench.counts();
    assertThat(counts).hasSize(2);
    assertThat(total(counts)).isEqualTo(8_000);
  }

  @Test
  void aClockFarAheadCountsAtLogAppendTime() {
    send("eu", START, good(START.plusSeconds(300)), good(START.plusSeconds(301)));
    bench.pass(TICK);

    Counts counts = (Counts) bench.counts().getFirst();
    assertThat(counts.skewed()).isEqualTo(1);
    assertThat(counts.cells())
        .containsExactly(
            new Cell(START.getEpochSecond(), 1, 1), new Cell(START.getEpochSecond() + 300, 1, 1));
  }

  @Test
  void olderThanThePeriodAndADayIsStoredAndNotCounted() {
    bench.objectives.add(Traffic.generation(1, START.minusSeconds(864_000), CHECKOUT));
    Duration limit = Duration.ofHours(25);
    send("eu", START, good(START.minus(limit)), good(START.minus(limit).minusMillis(1)));
    bench.pass(TICK);

    assertThat(total(bench.counts())).isEqualTo(1);
    assertThat(bench.records(TelemetryTopics.accepted("eu"))).hasSize(1);
    assertThat(bench.registry.getSampleValue("nines_extraction_spans_too_old_total"))
        .isEqualTo(1.0);
  }

  @Test
  void brokenRecordsAreSetAsideAndTheRestGoesOn() {
    bench.send("eu", new byte[16], new byte[] {1, 2, 3}, Map.of(), START);
    byte[] truncated = {10, 127, 1};
    bench.send("eu", Traffic.envelope(truncated, 4), START);
    send("eu", START, good(START));
    bench.pass(Duration.ofSeconds(1));

    List<String> reasons =
        bench.records(TelemetryTopics.QUARANTINE).stream()
            .map(record -> new String(record.headers().lastHeader("reason").value()))
            .toList();
    assertThat(reasons).hasSize(2);
    assertThat(reasons.getFirst()).isEqualTo("record without header kind");
    assertThat(total(bench.counts())).isEqualTo(1);
    assertThat(items(bench.accounting(), Heading.COUNTED_ONLY)).isEqualTo(4);
  }

  @Test
  void everyItemIsUnderOneHeading() {
    Envelope batch = batch(good(START), failed(START));
    bench.send("eu", batch, START);
    bench.send("eu", batch, START);
    send("eu", START, good(START.plusSeconds(1)));
    bench.pass(Duration.ofSeconds(1));

    List<AccountingEntry> entries = bench.accounting();
    assertThat(items(entries, Heading.ACCEPTED)).isEqualTo(5);
    assertThat(items(entries, Heading.DEDUPLICATED)).isEqualTo(2);
    assertThat(items(entries, Heading.FORWARDED)).isEqualTo(3);
  }

  private void send(String region, Instant appendedAt, Span... spans) {
    bench.send(region, batch(spans), appendedAt);
  }

  private Instant lastProgress() {
    return ((CompleteTo) bench.counts().getLast()).progressAt();
  }

  private static Progress progress(Instant sentAt, long epoch) {
    return new Progress("collector-1", epoch, sentAt, false);
  }

  private static Envelope batch(Span... spans) {
    return Traffic.envelope(Traffic.body("checkout", spans), spans.length);
  }

  private static Span good(Instant end) {
    return Traffic.span("pay", end, false);
  }

  private static Span failed(Instant end) {
    return Traffic.span("pay", end, true);
  }

  private static long total(List<CountRecord> records) {
    return records.stream()
        .filter(Counts.class::isInstance)
        .flatMap(record -> ((Counts) record).cells().stream())
        .mapToLong(Cell::total)
        .sum();
  }

  private static long items(List<AccountingEntry> entries, Heading heading) {
    return entries.stream()
        .filter(entry -> entry.heading() == heading)
        .mapToLong(AccountingEntry::items)
        .sum();
  }
}
