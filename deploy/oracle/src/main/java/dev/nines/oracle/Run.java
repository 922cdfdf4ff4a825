// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.nines.objectives.Generation;
import dev.nines.objectives.openslo.OpenSlo;
import dev.nines.objectives.openslo.Parsed;
import dev.nines.oracle.brute.Batch;
import dev.nines.oracle.brute.Event;
import dev.nines.oracle.brute.Promise;
import dev.nines.oracle.brute.Truth;
import dev.nines.telemetry.Envelope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** One random stream through both, over the end of a month. */
final class Run {

  private static final List<String> REGIONS = List.of("ap", "eu", "us");
  private static final Duration BEFORE = Duration.ofMinutes(8);
  private static final Duration STEP = Duration.ofMillis(60);
  private static final int STREAM_SECONDS = 1_000;
  private static final int QUIET_SECONDS = 400;
  private static final int REMEMBERED = 200;

  private final Random random;
  private final Story story;
  private final Engine engine;
  private final Map<String, Truth> truths = new LinkedHashMap<>();
  private final Comparison comparison;
  private final List<Sent> sent = new ArrayList<>();

  /** What a client may send again. */
  private record Sent(String region, String signal, byte[] body, List<Event> events) {}

  private Run(Scenario scenario, long seed, Path folder) {
    this.random = new Random(seed);
    this.story = new Story(random);
    Instant start = scenario.monthEnds().minus(BEFORE);
    Instant effective = start.minus(Duration.ofDays(60));
    for (Promise promise : Promise.read(scenario.yaml())) {
      List<Truth> parts =
          promise.composition().stream()
              .flatMap(made -> made.weights().keySet().stream())
              .map(name -> Objects.requireNonNull(truths.get(name), name))
              .toList();
      truths.put(promise.name(), new Truth(promise, effective.toEpochMilli(), parts));
    }
    this.engine = new Engine(folder, start, REGIONS, generation(scenario, effective));
    this.comparison =
        new Comparison(truths, scenario.zone() + ", seed " + seed + ", since " + start);
  }

  /** Compares one stream. */
  static Comparison of(Scenario scenario, long seed, Path folder) {
    Run run = new Run(scenario, seed, folder);
    try (Engine engine = run.engine) {
      run.stream();
      run.quiet();
      run.comparison.end(engine.now());
    }
    return run.comparison;
  }

  private static Generation generation(Scenario scenario, Instant effective) {
    Parsed parsed = OpenSlo.read("promises.yaml", scenario.yaml());
    if (!parsed.valid()) {
      throw new IllegalStateException(parsed.violations().toString());
    }
    return new Generation(
        "default", 1, effective, parsed.slos().stream().map(slo -> slo.of("default", 1)).toList());
  }

  private void stream() {
    for (int second = 0; second < STREAM_SECONDS; second++) {
      Instant ends = engine.now().plusSeconds(1);
      for (int r = 0; r < REGIONS.size(); r++) {
        boolean silent = (second / 90 + r) % 7 == 3;
        if (!silent) {
          report(REGIONS.get(r));
          send(REGIONS.get(r), (second / 140 + r) % 4 == 1);
        }
      }
      pass(Duration.between(engine.now(), ends), heardAll(second));
    }
  }

  /** Nobody sends, all report: everything becomes complete. */
  private void quiet() {
    for (int second = 0; second < QUIET_SECONDS; second++) {
      REGIONS.forEach(this::report);
      pass(Duration.ofSeconds(1), second > 60);
    }
  }

  private void send(String region, boolean burning) {
    switch (random.nextInt(6)) {
      case 0, 1 -> sendSpans(region, burning);
      case 2 -> sendPoints(region, burning);
      case 3 -> again(region);
      case 4 -> sendGauges(region, burning);
      default -> {}
    }
  }

  private void sendSpans(String region, boolean burning) {
    List<Event.Span> spans = story.spans(engine.now(), burning);
    send(new Sent(region, Envelope.TRACES, Encoder.spans(spans), List.copyOf(spans)));
  }

  private void sendPoints(String region, boolean burning) {
    sendPoints(region, List.copyOf(story.points(region, engine.now(), burning)));
  }

  private void sendGauges(String region, boolean burning) {
    sendPoints(region, List.copyOf(story.gauges(region, engine.now(), burning)));
  }

  private void sendPoints(String region, List<Event> points) {
    send(new Sent(region, Envelope.METRICS, Encoder.points(points), points));
  }

  /** A retry; a span's batch may come to another region too, which counts it. */
  private void again(String region) {
    if (!sent.isEmpty()) {
      Sent old = sent.get(random.nextInt(sent.size()));
      boolean elsewhere = old.signal().equals(Envelope.TRACES) && random.nextInt(4) == 0;
      send(new Sent(elsewhere ? region : old.region(), old.signal(), old.body(), old.events()));
    }
  }

  private void send(Sent batch) {
    sent.add(batch);
    if (sent.size() > REMEMBERED) {
      sent.removeFirst();
    }
    Instant now = engine.now();
    engine.batch(batch.region(), batch.signal(), batch.body(), batch.events().size(), now);
    String name = new String(batch.body(), ISO_8859_1);
    Batch taken = new Batch(batch.region(), name, now.toEpochMilli(), batch.events());
    List<String> counted = new ArrayList<>();
    truths.forEach(
        (promise, truth) -> {
          if (truth.take(taken)) {
            counted.add(promise);
          }
        });
    engine.pass(STEP);
    comparison.batch(engine, batch.region(), now, counted);
  }

  private void report(String region) {
    Instant at = engine.now().minusMillis(random.nextInt(900));
    engine.report(region, at, engine.now());
    truths.values().forEach(truth -> truth.report(region, at.toEpochMilli()));
  }

  private void pass(Duration time, boolean heardAll) {
    engine.pass(time);
    comparison.second(engine, heardAll);
  }

  private static boolean heardAll(int second) {
    for (int r = 0; r < REGIONS.size(); r++) {
      boolean silent = (second / 90 + r) % 7 == 3;
      boolean was = (Math.max(0, second - 40) / 90 + r) % 7 == 3;
      if (silent || was) {
        return false;
      }
    }
    return second > 60;
  }
}
