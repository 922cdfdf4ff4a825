// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks;

import dev.nines.benchmarks.overload.Memory;
import dev.nines.embedded.KafkaProcess;
import dev.nines.objectives.ObjectiveTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The engine with all budgets loaded, each with its history: how much memory it has and how soon
 * budgets show what was acknowledged while a twentieth of them is touched each second, and how soon
 * it is back after SIGKILL.
 */
final class EngineLoaded {

  private static final double MEMORY_MIB_MAX = 2_048;
  private static final double VISIBLE_MILLIS_MAX = 1_000;
  private static final double RESTORED_MB_PER_SECOND = 100;
  private static final double AWAY_SECONDS_MAX = 20;

  /** History comes in records of a stretch each. */
  private static final int STRETCHES = 10;

  private final Path home;
  private final EngineOptions options;
  private final Teller teller;
  private final Budgets budgets;
  private final CountStream stream;

  EngineLoaded(Path home, EngineOptions options, Teller teller) {
    this.home = home;
    this.options = options;
    this.teller = teller;
    budgets = Budgets.of(options.budgets());
    stream = new CountStream(budgets);
  }

  void measure(Scores scores) {
    Path folder = Scratch.make();
    Path data = folder.resolve("nines");
    try (KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"));
        KafkaLog log = new KafkaLog(kafka.bootstrapServers())) {
      String broker = kafka.bootstrapServers();
      Objectives.write(broker, budgets.generations(Instant.now(), options.history()));
      try (NinesRole engine = new NinesRole(home, data, "engine", broker, Map.of());
          Backlog backlog =
              new Backlog(broker, log, ObjectiveTopics.SLI_COUNTS.name(), EngineBench.GROUP)) {
        Cores.giveSubject(engine.pid());
        load(engine, backlog);
        hold(engine, broker, scores);
        backlog.awaitDrained();
        Cores.shareBoth();
        tell(scores, "kept", restored(engine, broker, log, () -> {}));
        tell(scores, "lost", restored(engine, broker, log, () -> Scratch.delete(data)));
        touchAll(backlog);
        new StatusCheck(broker, budgets, stream).await();
        teller.say("  every budget has exactly the events that were written");
      }
    } finally {
      Scratch.delete(folder);
    }
  }

  private void load(NinesRole engine, Backlog backlog) {
    teller.say(
        "Loaded: %,d budgets, each with a history of %d min",
        budgets.count(), options.history().toMinutes());
    Duration stretch = options.history().dividedBy(STRETCHES);
    Instant begin = Instant.now().minus(options.history());
    for (int i = 0; i < STRETCHES; i++) {
      Instant from = begin.plus(stretch.multipliedBy(i));
      backlog.begin();
      for (int slo = 0; slo < budgets.slos(); slo++) {
        for (int region = 0; region < Budgets.REGIONS.size(); region++) {
          backlog.write(stream.history(slo, region, from, from.plus(stretch)));
        }
      }
      backlog.settle();
      int records = budgets.slos() * Budgets.REGIONS.size();
      teller.say("  history %s", Drained.of(engine, backlog, records, "records"));
    }
  }

  /** Once around before it counts: a role that has just started compiles while it serves. */
  private void hold(NinesRole engine, String broker, Scores scores) {
    if (options.warm()) {
      Duration round = Duration.ofSeconds(EngineOptions.ROUND_SECONDS);
      teller.say("  the first %d s: %s", round.toSeconds(), touched(broker, round));
    }
    double cpuBefore = engine.cpuSeconds();
    long began = System.nanoTime();
    Visible visible;
    long mostMib;
    try (Memory memory = new Memory(Map.of("engine", engine.pid()))) {
      visible = touched(broker, options.held());
      mostMib = memory.mostMib().getOrDefault("engine", 0L);
    }
    if (mostMib == 0) {
      throw new BenchFailedException("the memory of the engine could not be read");
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    teller.say(
        "  held for %d s with %.0f %% of the engine's core: %s",
        options.held().toSeconds(), 100 * (engine.cpuSeconds() - cpuBefore) / seconds, visible);
    scores.atMost("resident-memory", mostMib, "MiB", MEMORY_MIB_MAX);
    scores.atMost("acknowledged-to-visible-p99", visible.percentile(99), "ms", VISIBLE_MILLIS_MAX);
  }

  private Visible touched(String broker, Duration length) {
    try (Touch touch = new Touch(broker, budgets, stream)) {
      touch.hold(length);
      List<Double> millis = touch.awaitVisible();
      return new Visible(touch.budgetsPerSecond(), millis.stream().sorted().toList());
    }
  }

  /**
   * @param millis sorted, from an acknowledgement to the visible budget
   */
  private record Visible(double budgetsPerSecond, List<Double> millis) {

    double percentile(int percent) {
      return millis.get(Math.min(millis.size() - 1, millis.size() * percent / 100));
    }

    @Override
    public String toString() {
      return "%,.0f budgets touched a second; acknowledgement to visible budget: median %,.0f ms, 99 %% %,.0f ms, slowest %,.0f ms of %,d"
          .formatted(
              budgetsPerSecond,
              Spread.of(millis).median(),
              percentile(99),
              millis.getLast(),
              millis.size());
    }
  }

  /**
   * @param between what happens to its files before it starts again
   */
  private static Restored restored(
      NinesRole engine, String broker, KafkaLog log, Runnable between) {
    AtomicLong bytes = new AtomicLong();
    log.topics(EngineBench.GROUP).stream()
        .filter(topic -> topic.endsWith("-changelog"))
        .forEach(
            topic ->
                Committed.read(
                    broker,
                    topic,
                    record ->
                        bytes.addAndGet(
                            (long) record.serializedKeySize()
                                + Math.max(0, record.serializedValueSize()))));
    long killed = System.nanoTime();
    engine.kill();
    between.run();
    engine.restart();
    long answers = System.nanoTime();
    engine.awaitReady();
    long ready = System.nanoTime();
    return new Restored(
        bytes.get(), Duration.ofNanos(ready - killed), Duration.ofNanos(ready - answers));
  }

  private void tell(Scores scores, String state, Restored restored) {
    teller.say("  state %s: %s", state, restored);
    scores.atLeast(
        "restored-state-" + state, restored.megabytesPerSecond(), "MB/s", RESTORED_MB_PER_SECOND);
    scores.atMost("away-state-" + state, restored.awaySeconds(), "s", AWAY_SECONDS_MAX);
  }

  /** Shows each budget as it is after all that happened to the engine. */
  private void touchAll(Backlog backlog) {
    backlog.begin();
    stream.progress(Instant.now()).forEach(backlog::write);
    for (int slo = 0; slo < budgets.slos(); slo++) {
      for (int region = 0; region < Budgets.REGIONS.size(); region++) {
        backlog.write(stream.counts(slo, region, Instant.now()));
      }
    }
    backlog.show();
    backlog.awaitDrained();
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
  }
}
