// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that offers batches at a rate, come what may, and writes down what became of each: a
 * line of a file has when it was due (ms since the begin, less than 0 in the lead), how long its
 * answer took (ms), the name of its first instance, and {@code OK}, {@code NONE} for no answer, or
 * the refusal. Each batch has spans of the present, of a tenant that needs no token.
 */
public final class Flood {

  /** Room for answers that take seconds at thousands of batches: some 250 MB of bodies. */
  private static final int UNANSWERED_MAX = 1_000;

  /** A cold generator is slow itself: its first batches are for its own good. */
  private static final Duration LEAD = Duration.ofSeconds(4);

  private static final int LEAD_BATCHES = 24;
  private static final int BODIES = 64;
  private static final long LAST_ANSWERS_SECONDS = 120;
  private static final String NONE = "NONE";

  private final long seconds;
  private final double nanosPerBatch;
  private final Exporter exporter;
  private final List<Body> bodies = new ArrayList<>();
  private final List<Batch> batches = Collections.synchronizedList(new ArrayList<>());

  private Flood(int port, int spansPerSecond, long seconds) {
    this.seconds = seconds;
    nanosPerBatch = 1e9 * SpanBatch.SPANS / spansPerSecond;
    exporter = new Exporter(port, Encoding.PLAIN, UNANSWERED_MAX);
    Instant now = Clock.systemUTC().instant();
    long nanos = now.getEpochSecond() * 1_000_000_000L;
    for (int seed = 0; seed < BODIES; seed++) {
      bodies.add(new Body(SpanBatch.of(seed, nanos).toByteArray(), Encoding.PLAIN));
    }
  }

  /** One that waits for its answer, or has it. */
  private static final class Batch implements Fate {

    private final String name;
    private final long dueNanos;
    private final AtomicReference<String> answer = new AtomicReference<>(NONE);
    private volatile long answeredNanos;

    Batch(String name, long dueNanos) {
      this.name = name;
      this.dueNanos = dueNanos;
    }

    @Override
    public void acknowledged() {
      answer("OK");
    }

    @Override
    public void refused(String why) {
      answer(why.replaceAll("\\s+", " "));
    }

    private void answer(String text) {
      answeredNanos = System.nanoTime();
      answer.set(text);
    }

    String line(long begin, long now) {
      String text = answer.get();
      long end = text.equals(NONE) ? now : answeredNanos;
      return millis(dueNanos - begin) + "\t" + millis(end - dueNanos) + "\t" + name + "\t" + text;
    }

    private static long millis(long nanos) {
      return Duration.ofNanos(nanos).toMillis();
    }
  }

  /** Words: port of OTLP gRPC on 127.0.0.1, spans a second, seconds, file. */
  public static void main(String[] words) throws IOException, InterruptedException {
    new Flood(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Long.parseLong(words[2]))
        .run(Path.of(words[3]));
    System.exit(0);
  }

  private void run(Path file) throws IOException, InterruptedException {
    long begin = System.nanoTime() + LEAD.toNanos();
    for (long number = 0; number < LEAD_BATCHES; number++) {
      offer(number, begin - LEAD.toNanos() * (LEAD_BATCHES - number) / LEAD_BATCHES);
    }
    long end = begin + Duration.ofSeconds(seconds).toNanos();
    long due = begin;
    for (long number = 0; due < end && System.nanoTime() < end; number++) {
      offer(LEAD_BATCHES + number, due);
      due = begin + (long) ((number + 1) * nanosPerBatch);
    }
    exporter.awaitAnswers(LAST_ANSWERS_SECONDS);
    write(file, begin);
    exporter.close();
  }

  private void offer(long number, long dueNanos) throws InterruptedException {
    await(dueNanos);
    exporter.awaitRoom();
    send(number, dueNanos);
  }

  private void send(long number, long dueNanos) {
    long name = ProcessHandle.current().pid() << Integer.SIZE | number;
    Batch batch = new Batch(Body.name(name), dueNanos);
    batches.add(batch);
    exporter.send(bodies.get((int) (number % BODIES)).named(name), batch);
  }

  private void write(Path file, long begin) throws IOException {
    long now = System.nanoTime();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Batch batch : batches) {
        out.write(batch.line(begin, now));
        out.newLine();
      }
    }
  }

  private static void await(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
