// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.ProcessCpu;
import dev.nines.embedded.ClickHouseProcess;
import dev.nines.embedded.KafkaProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code bench archive}: what a span costs the process that reads it from Kafka and answers for it
 * once ClickHouse has it. The subjects run side by side for the whole time, warm, and are fed in
 * turn; after each run every span must be in the table once.
 */
public final class ArchiveBench {

  private static final Case CASE =
      new Case("archive", "plain", "kafka-to-clickhouse", new Goal(800_000, 4));
  private static final int LEAD_SECONDS = 3;

  private static final long DRAINED_WITHIN_SECONDS = 120;

  private final Path home;
  private final BenchOptions options;
  private final Teller teller;
  private final String commit;

  public ArchiveBench(Path home, BenchOptions options, PrintStream out) {
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
    Optional<OtelCollectorBuild> build =
        options.withPeer() ? Optional.of(new OtelCollectorBuild(home)) : Optional.empty();
    Optional<Path> program = build.map(peer -> peer.program(teller::say));
    Cores.takeOthers();
    Path folder = Scratch.make();
    List<Archiver> subjects = new ArrayList<>();
    try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"));
        ClickHouseProcess clickHouse = ClickHouseProcess.start(folder.resolve("clickhouse"));
        KafkaLog log = new KafkaLog(kafka.bootstrapServers());
        Table table = new Table(clickHouse.url());
        Feed feed = new Feed(kafka.bootstrapServers(), options.spansPerSecond())) {
      String broker = kafka.bootstrapServers();
      subjects.add(new NinesArchive(home, folder, broker, clickHouse.url(), log));
      for (OtelArchive.Setting setting : OtelArchive.Setting.values()) {
        program.ifPresent(
            file ->
                subjects.add(
                    new OtelArchive(setting, file, folder, broker, clickHouse.url(), log)));
      }
      subjects.forEach(subject -> Cores.giveSubject(subject.pid()));
      subjects.forEach(subject -> table.await(subject.table()));
      sayWhatIsMeasured(build);
      Outcome outcome = new Outcome(build.map(OtelCollectorBuild::version).orElse(""));
      outcome.add(CASE, measure(subjects, feed, table));
      return teller.conclude(outcome, options.report(), commit);
    } finally {
      subjects.forEach(Archiver::close);
      Scratch.delete(folder);
    }
  }

  private List<Measured> measure(List<Archiver> subjects, Feed feed, Table table) {
    List<Measured> measured = subjects.stream().map(one -> new Measured(one.name())).toList();
    subjects.forEach(subject -> warmUp(subject, feed, table));
    for (int run = 1; run <= options.runs(); run++) {
      for (int i = 0; i < subjects.size(); i++) {
        double figure = run(subjects.get(i), feed, table, LEAD_SECONDS, options.seconds());
        measured.get(i).add(figure);
        teller.say("  run %-3d %-16s %,9.0f spans/CPU-s", run, subjects.get(i).name(), figure);
      }
    }
    return measured;
  }

  private void warmUp(Archiver subject, Feed feed, Table table) {
    WarmUp warmUp = new WarmUp();
    while (options.warmupSeconds() > 0 && !warmUp.over()) {
      double figure = run(subject, feed, table, 0, options.warmupSeconds());
      warmUp.add(figure);
      teller.say("  warming %-16s %,9.0f spans/CPU-s", subject.name(), figure);
    }
  }

  private record Moment(double cpuSeconds, long rows) {}

  /** Spans stored for a second of the subject's CPU; then waits until all are there. */
  private double run(Archiver subject, Feed feed, Table table, int leadSeconds, int seconds) {
    Feed.Flow flow = feed.open(subject);
    pause(leadSeconds);
    Moment begin = moment(subject, table);
    pause(seconds);
    Moment end = moment(subject, table);
    drain(subject, table, flow.stop());
    return (end.rows - begin.rows) / (end.cpuSeconds - begin.cpuSeconds);
  }

  private static Moment moment(Archiver subject, Table table) {
    try {
      return new Moment(ProcessCpu.seconds(subject.pid()), table.rows(subject.table()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(Archiver subject, Table table, long spans) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(DRAINED_WITHIN_SECONDS);
    long rows = table.rows(subject.table());
    while (rows < spans && System.nanoTime() < until) {
      pause(1);
      rows = table.rows(subject.table());
    }
    if (rows < spans || (subject.isExact() && rows > spans)) {
      throw new BenchFailedException(
          "%s: the topic has %,d spans, the table %,d".formatted(subject.name(), spans, rows));
    }
  }

  private static void pause(int seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < until) {
      LockSupport.parkNanos(until - System.nanoTime());
    }
  }

  private void sayWhatIsMeasured(Optional<OtelCollectorBuild> build) {
    teller.say("Kafka to ClickHouse, on %s, commit %s", Machine.name(), commit);
    build.ifPresent(peer -> teller.say("Peer: OpenTelemetry Collector contrib %s", peer.version()));
    teller.say(
        "Pinned: the process under test on core %d; broker, ClickHouse and feed on core %d",
        Cores.SUBJECT, Cores.OTHERS);
    teller.say(
        "Written: %,d spans/s to one topic at a time, records of 512; %d runs of %d s after warm-up in steps of %d s",
        options.spansPerSecond(), options.runs(), options.seconds(), options.warmupSeconds());
  }
}
