// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.ProcessCpu;
import dev.nines.embedded.ClickHouseProcess;
import dev.nines.embedded.KafkaProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code bench archive}: what a span costs the process that reads it from Kafka and answers for it
 * once ClickHouse has it. The subjects run side by side for the whole time, warm; in turn each
 * works off a backlog, as fast as it can, after which every span must be in the table once.
 */
public final class ArchiveBench {

  private static final Case CASE =
      new Case("archive", "plain", "kafka-to-clickhouse", new Goal(800_000, 4));
  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Path home;
  private final ArchiveOptions options;
  private final Teller teller;
  private final String commit;

  public ArchiveBench(Path home, ArchiveOptions options, PrintStream out) {
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
        Feed feed = new Feed(kafka.bootstrapServers())) {
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
    if (options.warm()) {
      subjects.forEach(subject -> warmUp(subject, feed, table));
    }
    for (int run = 1; run <= options.runs(); run++) {
      for (int i = 0; i < subjects.size(); i++) {
        Drained drained = run(subjects.get(i), feed, table);
        measured.get(i).add(drained.perCpuSecond());
        teller.say("  run %-3d %-16s %s", run, subjects.get(i).name(), drained);
      }
    }
    return measured;
  }

  private void warmUp(Archiver subject, Feed feed, Table table) {
    WarmUp warmUp = new WarmUp();
    while (!warmUp.over()) {
      Drained drained = run(subject, feed, table);
      warmUp.add(drained.perCpuSecond(), drained.wallSeconds());
      teller.say("  warming %-16s %s", subject.name(), drained);
    }
  }

  /** What a subject stored of a backlog. */
  private record Drained(long spans, double cpuSeconds, double wallSeconds) {

    double perCpuSecond() {
      return spans / cpuSeconds;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%,9.0f spans/CPU-s, %,8.0f spans/s", perCpuSecond(), spans / wallSeconds);
    }
  }

  /** From the first span that is written until all are stored. */
  private Drained run(Archiver subject, Feed feed, Table table) {
    long rowsBefore = table.rows(subject.table());
    double cpuBefore = cpuSeconds(subject);
    long began = System.nanoTime();
    long before = feed.written(subject);
    long written = feed.write(subject, options.spans());
    drain(subject, table, subject.isExact() ? written : rowsBefore + written - before);
    double wallSeconds = (System.nanoTime() - began) / 1e9;
    long spans = table.rows(subject.table()) - rowsBefore;
    return new Drained(spans, cpuSeconds(subject) - cpuBefore, wallSeconds);
  }

  private static double cpuSeconds(Archiver subject) {
    try {
      return ProcessCpu.seconds(subject.pid());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(Archiver subject, Table table, long spans) {
    long until = System.nanoTime() + DRAINED_WITHIN.toNanos();
    long rows = table.rows(subject.table());
    while (rows < spans && System.nanoTime() < until) {
      LockSupport.parkNanos(LOOK.toNanos());
      rows = table.rows(subject.table());
    }
    if (rows < spans || (subject.isExact() && rows > spans)) {
      throw new BenchFailedException(
          "%s: the topic has %,d spans, the table %,d".formatted(subject.name(), spans, rows));
    }
  }

  private void sayWhatIsMeasured(Optional<OtelCollectorBuild> build) {
    teller.say("Kafka to ClickHouse, on %s, commit %s", Machine.name(), commit);
    build.ifPresent(peer -> teller.say("Peer: OpenTelemetry Collector contrib %s", peer.version()));
    teller.say(
        "Pinned: the process under test on core %d; broker, ClickHouse and feed on core %d",
        Cores.SUBJECT, Cores.OTHERS);
    teller.say(
        "A run: %,d spans in records of 512, as fast as they are taken, until they are stored; %d of each",
        options.spans(), options.runs());
  }
}
