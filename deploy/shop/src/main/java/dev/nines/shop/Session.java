// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.nines.shop.delivery.Collector;
import dev.nines.shop.delivery.Counts;
import dev.nines.shop.delivery.TruthLog;
import dev.nines.shop.metering.PointLog;
import dev.nines.shop.traffic.FaultScript;
import dev.nines.shop.traffic.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One run in real time: moves the simulation on, tells the progress, writes the summary. */
final class Session {

  private static final long TICK_MILLIS = 25;
  private static final Duration PROGRESS = Duration.ofSeconds(1);

  /** For whoever ended our standard input and waits. */
  private static final Duration HURRIED_FLUSH = Duration.ofSeconds(5);

  private final Arguments arguments;
  private final FaultScript script;
  private final ChangeFeed changes;
  private final InstantSource clock;
  private final Instant begin;
  private final Semaphore answers = new Semaphore(0);
  private final Map<Region, Branch> branches;
  private final Simulation simulation;
  private Instant nextProgress;

  Session(
      Arguments arguments,
      FaultScript script,
      Map<Region, Collector> collectors,
      TruthLog log,
      PointLog points,
      ChangeFeed changes,
      InstantSource clock) {
    this.arguments = arguments;
    this.script = script;
    this.changes = changes;
    this.clock = clock;
    Opening opening = new Opening(arguments, script, log, points, clock, answers::release);
    begin = clock.instant();
    branches = opening.branches(collectors, begin);
    simulation =
        new Simulation(
            begin, arguments.duration(), script, List.copyOf(branches.values()), changes);
    nextProgress = begin;
  }

  void run(Console console, CountDownLatch inputClosed) throws IOException, InterruptedException {
    ScriptFile.write(arguments, script, begin);
    long seconds = arguments.duration().toSeconds();
    console.say(new Console.Started(begin.toString(), arguments.seed(), seconds));
    sell(console, inputClosed);
    boolean stoppedEarly = !simulation.trafficOver(clock.instant());
    simulation.tick(clock.instant());
    flush(console, inputClosed);
    simulation.abandon(clock.instant());
    changes.close();
    Summary summary = summary(stoppedEarly);
    Files.write(arguments.log().resolve("summary.json"), json().writeValueAsBytes(summary));
    console.say(summary);
  }

  private void sell(Console console, CountDownLatch inputClosed) throws InterruptedException {
    boolean left = false;
    while (!left && !simulation.trafficOver(clock.instant())) {
      simulation.tick(clock.instant());
      progress(console);
      left = inputClosed.await(TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void flush(Console console, CountDownLatch inputClosed) throws InterruptedException {
    Instant flushBegin = clock.instant();
    simulation.flush(flushBegin);
    while (!simulation.drained() && clock.instant().isBefore(deadline(flushBegin, inputClosed))) {
      answers.drainPermits();
      simulation.flush(clock.instant());
      progress(console);
      boolean answered = answers.tryAcquire(TICK_MILLIS, TimeUnit.MILLISECONDS);
      if (answered) {
        simulation.flush(clock.instant());
      }
    }
  }

  private Instant deadline(Instant flushBegin, CountDownLatch inputClosed) {
    Instant patient = flushBegin.plus(arguments.flush());
    Instant hurried = flushBegin.plus(HURRIED_FLUSH);
    return inputClosed.getCount() == 0 && hurried.isBefore(patient) ? hurried : patient;
  }

  private void progress(Console console) {
    Instant now = clock.instant();
    if (!now.isBefore(nextProgress)) {
      console.say(simulation.progress(now));
      nextProgress = nextProgress.plus(PROGRESS);
    }
  }

  private Summary summary(boolean stoppedEarly) {
    Map<String, Counts> regions = new LinkedHashMap<>();
    branches.forEach((region, branch) -> regions.put(region.id(), branch.outbox().counts()));
    return new Summary(
        "summary",
        arguments.seed(),
        arguments.script().id(),
        arguments.duration().toSeconds(),
        begin.toString(),
        clock.instant().toString(),
        stoppedEarly,
        simulation.requests(),
        simulation.counts().asMap(),
        regions,
        changes.told(),
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L));
  }

  private static JsonMapper json() {
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  }
}
