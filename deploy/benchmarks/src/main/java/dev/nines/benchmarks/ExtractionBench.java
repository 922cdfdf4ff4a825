// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.CountRecord;
import dev.nines.objectives.ObjectiveTopics;
import dev.nines.telemetry.AccountingEntry;
import dev.nines.telemetry.TelemetryTopics;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.Topic;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * {@code bench extraction}: what a span costs the role that drops repeats, counts for a hundred
 * SLOs and for RED, and forwards, exactly once. It works off backlogs that were made beforehand, as
 * fast as it can; afterwards every batch must be forwarded once, and every span counted once.
 */
public final class ExtractionBench {

  private static final Case CASE =
      new Case("extraction", "spans", "extraction-with-100-slos", new Goal(700_000, 0));

  /** As extraction calls itself. */
  private static final String GROUP = "nines-extraction";

  private static final Duration ACCOUNTED_WITHIN = Duration.ofSeconds(30);
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final JsonSerde<CountRecord> COUNTS = new JsonSerde<>(CountRecord.class);
  private static final JsonSerde<AccountingEntry> ENTRIES = new JsonSerde<>(AccountingEntry.class);

  private final Path home;
  private final ExtractionOptions options;
  private final Teller teller;
  private final String commit;

  public ExtractionBench(Path home, ExtractionOptions options, PrintStream out) {
    this.home = home;
    this.options = options;
    this.teller = new Teller(out);
    commit = Machine.commit(home);
  }

  /**
   * True when every goal is reached.
   *
   * @throws BenchFailedException when there are no figures
   */
  public boolean run() {
    Cores.takeOthers();
    Path folder = Scratch.make();
    try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"));
        KafkaLog log = new KafkaLog(kafka.bootstrapServers())) {
      String broker = kafka.bootstrapServers();
      Instant now = Instant.now();
      Objectives.write(broker, List.of(SpanPromises.at(now)));
      SpanFeed feed = new SpanFeed(now);
      try (NinesRole role = extraction(folder, broker);
          Backlog backlog =
              new Backlog(broker, log, TelemetryTopics.in(SpanFeed.REGION).name(), GROUP)) {
        Cores.giveSubject(role.pid());
        sayWhatIsMeasured();
        Outcome outcome = new Outcome("");
        outcome.add(CASE, List.of(measure(role, backlog, feed)));
        check(broker, feed);
        return teller.conclude(outcome, options.report(), commit);
      }
    } finally {
      Scratch.delete(folder);
    }
  }

  private NinesRole extraction(Path folder, String broker) {
    return new NinesRole(
        home,
        folder.resolve("nines"),
        "extraction",
        broker,
        Map.of("nines.regions", SpanFeed.REGION));
  }

  private Measured measure(NinesRole role, Backlog backlog, SpanFeed feed) {
    WarmUp warmUp = new WarmUp();
    while (options.warm() && !warmUp.over()) {
      long began = System.nanoTime();
      Drained drained = drained(role, backlog, feed);
      warmUp.add(drained.perCpuSecond(), (System.nanoTime() - began) / 1e9);
      teller.say("  warming %s", drained);
    }
    Measured measured = new Measured(NinesCollector.NAME);
    for (int run = 1; run <= options.runs(); run++) {
      Drained drained = drained(role, backlog, feed);
      measured.add(drained.perCpuSecond());
      teller.say("  run %-3d %s", run, drained);
    }
    return measured;
  }

  private Drained drained(NinesRole role, Backlog backlog, SpanFeed feed) {
    long spans = feed.write(backlog, options.spans());
    return Drained.of(role, backlog, spans, "spans");
  }

  /** Counts leave at once, accounts within a second. */
  private void check(String broker, SpanFeed feed) {
    long until = System.nanoTime() + ACCOUNTED_WITHIN.toNanos();
    long forwarded = forwarded(broker);
    while (forwarded < feed.spans() && System.nanoTime() < until) {
      LockSupport.parkNanos(AGAIN.toNanos());
      forwarded = forwarded(broker);
    }
    long counted = sum(broker, ObjectiveTopics.SLI_COUNTS, ExtractionBench::ofWholeServices);
    if (forwarded != feed.spans() || counted != feed.spans()) {
      throw new BenchFailedException(
          "of %,d spans %,d are forwarded and %,d counted"
              .formatted(feed.spans(), forwarded, counted));
    }
    teller.say("  all %,d spans are forwarded once and counted once", feed.spans());
  }

  /** By the account, which is in the transaction of what it is about. */
  private static long forwarded(String broker) {
    return sum(
        broker,
        TelemetryTopics.ACCOUNTING,
        value -> {
          AccountingEntry entry = ENTRIES.read(value);
          return entry.heading() == AccountingEntry.Heading.FORWARDED ? entry.items() : 0;
        });
  }

  private static long sum(String broker, Topic topic, ToLongFunction<byte[]> number) {
    AtomicLong sum = new AtomicLong();
    Committed.read(
        broker, topic.name(), record -> sum.addAndGet(number.applyAsLong(record.value())));
    return sum.get();
  }

  private static long ofWholeServices(byte[] record) {
    return COUNTS.read(record) instanceof CountRecord.Counts counts
            && counts.slo().name().startsWith(SpanPromises.WHOLE)
        ? counts.cells().stream().mapToLong(CountRecord.Cell::total).sum()
        : 0;
  }

  private void sayWhatIsMeasured() {
    teller.say("Kafka to Kafka through extraction, on %s, commit %s", Machine.name(), commit);
    teller.say(
        "Pinned: the process under test on core %d; broker and feed on core %d",
        Cores.SUBJECT, Cores.OTHERS);
    teller.say(
        "A run: %,d spans in records of 512, all there before the first is read; %d SLOs; %d runs",
        options.spans(), SpanPromises.COUNT, options.runs());
  }
}
