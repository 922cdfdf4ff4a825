// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.load.Encoding;
import dev.nines.benchmarks.load.LoadPlan;
import dev.nines.benchmarks.load.LoadResult;
import dev.nines.embedded.KafkaProcess;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code bench ingest}: what a span costs the process that takes it by OTLP gRPC and answers when
 * Kafka has it: plain and compressed, and with card numbers taken out. The subjects run side by
 * side for the whole time, warm, and are loaded in turn.
 */
public final class IngestBench {

  private static final int TRIES = 3;
  private static final int LEAD_SECONDS = 2;

  private final Path home;
  private final BenchOptions options;
  private final Teller teller;
  private final String commit;

  public IngestBench(Path home, BenchOptions options, PrintStream out) {
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
    sayWhatIsMeasured(build);
    Outcome outcome = new Outcome(build.map(OtelCollectorBuild::version).orElse(""));
    for (CardNumbers cards : CardNumbers.values()) {
      measure(cards, program, outcome);
    }
    return teller.conclude(outcome, options.report(), commit);
  }

  private void measure(CardNumbers cards, Optional<Path> program, Outcome outcome) {
    Path folder = Scratch.make();
    List<Subject> subjects = new ArrayList<>();
    try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"));
        KafkaLog log = new KafkaLog(kafka.bootstrapServers())) {
      String broker = kafka.bootstrapServers();
      subjects.add(new NinesCollector(home, folder, broker, log, cards));
      program.ifPresent(file -> subjects.addAll(peers(file, folder, broker, log, cards)));
      subjects.forEach(subject -> Cores.giveSubject(subject.pid()));
      for (Encoding encoding : cards.encodings()) {
        Case each = of(encoding, cards);
        outcome.add(each, measure(each, encoding, subjects, log));
      }
    } finally {
      subjects.forEach(Subject::close);
      Scratch.delete(folder);
    }
  }

  private static Case of(Encoding encoding, CardNumbers cards) {
    if (cards == CardNumbers.REDACTED) {
      return new Case(
          "ingest", cards.word(encoding), "otlp-grpc-redacted-to-kafka", new Goal(0, 3));
    }
    Goal goal =
        switch (encoding) {
          case PLAIN -> new Goal(300_000, 3);
          case GZIP -> new Goal(200_000, 3);
        };
    String metric = "otlp-grpc-" + encoding.word() + "-to-kafka";
    return new Case("ingest", cards.word(encoding), metric, goal);
  }

  private static List<Subject> peers(
      Path program, Path folder, String kafka, KafkaLog log, CardNumbers cards) {
    List<Subject> peers = new ArrayList<>();
    for (OtelCollector.Setting setting : OtelCollector.Setting.values()) {
      if (cards == CardNumbers.KEPT || setting == OtelCollector.Setting.EQUAL) {
        log.create(setting.topic(), KafkaLog.PARTITIONS);
        peers.add(new OtelCollector(setting, program, folder, kafka, cards));
      }
    }
    return peers;
  }

  private List<Measured> measure(
      Case each, Encoding encoding, List<Subject> subjects, KafkaLog log) {
    List<Measured> measured = subjects.stream().map(one -> new Measured(one.name())).toList();
    subjects.forEach(subject -> warmUp(each, subject, encoding));
    for (int run = 1; run <= options.runs(); run++) {
      for (int i = 0; i < subjects.size(); i++) {
        Subject subject = subjects.get(i);
        LoadResult result = countedRun(each, subject, encoding, log);
        measured.get(i).add(result.spansPerCpuSecond());
        teller.say(
            "  %-5s run %-3d %-16s %,9.0f spans/CPU-s  %3.0f %% of its core  %,d spans, %,d bytes a batch",
            each.word(),
            run,
            subject.name(),
            result.spansPerCpuSecond(),
            100 * result.cpuSeconds() / options.seconds(),
            result.acknowledgedSpans(),
            result.bodyBytes());
      }
    }
    return measured;
  }

  /** Loads it until it no longer gets better by itself; whether it keeps up is not judged. */
  private void warmUp(Case each, Subject subject, Encoding encoding) {
    WarmUp warmUp = new WarmUp();
    while (options.warmupSeconds() > 0 && !warmUp.over()) {
      LoadPlan plan = plan(subject, encoding, 0, options.warmupSeconds());
      double spansPerCpuSecond = Generator.run(plan).spansPerCpuSecond();
      warmUp.add(spansPerCpuSecond, options.warmupSeconds());
      teller.say(
          "  %-5s warming %-16s %,9.0f spans/CPU-s",
          each.word(), subject.name(), spansPerCpuSecond);
    }
  }

  private LoadResult countedRun(Case each, Subject subject, Encoding encoding, KafkaLog log) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      long before = log.records(subject.topic());
      LoadResult result = Generator.run(plan(subject, encoding, LEAD_SECONDS, options.seconds()));
      long records = log.records(subject.topic()) - before;
      if (subject.acknowledgesWhatKafkaHas() && records < result.acknowledgedBatches()) {
        throw new BenchFailedException(
            "%s acknowledged %d batches, and Kafka has %d records more"
                .formatted(subject.name(), result.acknowledgedBatches(), records));
      }
      Optional<String> reason = result.voidReason();
      if (reason.isEmpty()) {
        return result;
      }
      teller.say("  %-5s void    %-16s %s", each.word(), subject.name(), reason.get());
    }
    throw new BenchFailedException(
        "%s: %d runs are void at %d spans/s; try a lower --rate"
            .formatted(subject.name(), TRIES, options.spansPerSecond()));
  }

  private LoadPlan plan(Subject subject, Encoding encoding, int leadSeconds, int seconds) {
    return new LoadPlan(
        subject.port(), subject.pid(), encoding, options.spansPerSecond(), leadSeconds, seconds);
  }

  private void sayWhatIsMeasured(Optional<OtelCollectorBuild> build) {
    teller.say("OTLP gRPC to Kafka, on %s, commit %s", Machine.name(), commit);
    build.ifPresent(peer -> teller.say("Peer: OpenTelemetry Collector contrib %s", peer.version()));
    teller.say(
        "Pinned: the process under test on core %d; Kafka's broker and the generator on core %d",
        Cores.SUBJECT, Cores.OTHERS);
    teller.say(
        "Offered: %,d spans/s to one at a time, open loop, batches of 512; %d runs of %d s after warm-up in steps of %d s",
        options.spansPerSecond(), options.runs(), options.seconds(), options.warmupSeconds());
  }
}
