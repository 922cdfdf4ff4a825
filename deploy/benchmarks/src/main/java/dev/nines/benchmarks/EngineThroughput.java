// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.ObjectiveTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a count record costs the engine: as many budgets as are touched in a second, all of them
 * touched again and again, in backlogs of the present.
 */
final class EngineThroughput {

  private static final double GOAL = 150_000;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final Path home;
  private final EngineOptions options;
  private final Teller teller;

  EngineThroughput(Path home, EngineOptions options, Teller teller) {
    this.home = home;
    this.options = options;
    this.teller = teller;
  }

  void measure(Scores scores) {
    Path folder = Scratch.make();
    Budgets budgets = Budgets.of(options.budgets() / EngineOptions.ROUND_SECONDS);
    try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"));
        KafkaLog log = new KafkaLog(kafka.bootstrapServers())) {
      String broker = kafka.bootstrapServers();
      Objectives.write(broker, budgets.generations(Instant.now(), Duration.ofHours(1)));
      try (NinesRole engine =
              new NinesRole(home, folder.resolve("nines"), "engine", broker, Map.of());
          Backlog backlog =
              new Backlog(broker, log, ObjectiveTopics.SLI_COUNTS.name(), EngineBench.GROUP)) {
        Cores.giveSubject(engine.pid());
        teller.say(
            "Throughput: %,d budgets, %,d records a run", budgets.count(), options.records());
        CountStream stream = new CountStream(budgets);
        warmUp(engine, backlog, stream, budgets);
        Measured measured = new Measured(NinesCollector.NAME);
        for (int run = 1; run <= options.runs(); run++) {
          Drained drained = drained(engine, backlog, stream, budgets);
          measured.add(drained.perCpuSecond());
          teller.say("  run %-3d %s", run, drained);
        }
        new StatusCheck(broker, budgets, stream).await();
        teller.say("  every budget has exactly the events that were written");
        Spread spread = measured.spansPerCpuSecond();
        teller.say("  %,.0f to %,.0f records per CPU-second", spread.min(), spread.max());
        scores.atLeast("count-records", spread.median(), "records/CPU-second", GOAL);
      }
    } finally {
      Scratch.delete(folder);
    }
  }

  private void warmUp(NinesRole engine, Backlog backlog, CountStream stream, Budgets budgets) {
    WarmUp warmUp = new WarmUp();
    while (options.warm() && !warmUp.over()) {
      long began = System.nanoTime();
      Drained drained = drained(engine, backlog, stream, budgets);
      warmUp.add(drained.perCpuSecond(), (System.nanoTime() - began) / 1e9);
      teller.say("  warming %s", drained);
    }
  }

  /** Progress goes with it each second, and at its end: it is no count record, and costs. */
  private Drained drained(NinesRole engine, Backlog backlog, CountStream stream, Budgets budgets) {
    backlog.begin();
    long toldAt = System.nanoTime();
    for (int i = 0; i < options.records(); i++) {
      int budget = i % (budgets.slos() * Budgets.REGIONS.size());
      int slo = budget / Budgets.REGIONS.size();
      backlog.write(stream.counts(slo, budget % Budgets.REGIONS.size(), Instant.now()));
      if (System.nanoTime() - toldAt > SECOND_NANOS) {
        stream.progress(Instant.now()).forEach(backlog::write);
        toldAt = System.nanoTime();
      }
    }
    stream.progress(Instant.now()).forEach(backlog::write);
    backlog.settle();
    return Drained.of(engine, backlog, options.records(), "records");
  }
}
