// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The generator's process: an open loop, in which each batch has its time whether or not earlier
 * ones are answered. Prints one {@link LoadResult} as JSON.
 */
public final class Load {

  /** Enough that none of them stays in a cache: some 15 MB plain. */
  private static final int BODIES = 64;

  private static final long LAST_ANSWERS_SECONDS = 30;
  private static final int UNANSWERED_MAX = 64;

  private final LoadPlan plan;
  private final List<Body> bodies;
  private final Tally tally = new Tally();
  private final Exporter exporter;
  private volatile boolean over;

  private record Moment(long nanos, double cpuSeconds, long sent, long acknowledged) {}

  private Load(LoadPlan plan) {
    this.plan = plan;
    bodies = bodies(plan.encoding());
    exporter = new Exporter(plan.port(), plan.encoding(), UNANSWERED_MAX);
  }

  public static void main(String[] words) throws IOException, InterruptedException {
    LoadResult result = new Load(LoadPlan.parse(words)).run();
    System.out.println(new ObjectMapper().writeValueAsString(result));
    System.exit(0);
  }

  private static List<Body> bodies(Encoding encoding) {
    List<Body> bodies = new ArrayList<>();
    for (int seed = 0; seed < BODIES; seed++) {
      bodies.add(new Body(SpanBatch.of(seed).toByteArray(), encoding));
    }
    return bodies;
  }

  private LoadResult run() throws IOException, InterruptedException {
    long bytes = bodies.stream().mapToLong(body -> body.named(0).length).sum() / BODIES;
    Thread sender = Thread.ofPlatform().name("sender").start(this::sendUntilOver);
    TimeUnit.SECONDS.sleep(plan.leadSeconds());
    Moment begin = moment();
    TimeUnit.SECONDS.sleep(plan.seconds());
    Moment end = moment();
    over = true;
    sender.interrupt(); // it may wait for an answer that does not come
    sender.join();
    if (!exporter.awaitAnswers(LAST_ANSWERS_SECONDS)) {
      tally.refused("no answer in " + LAST_ANSWERS_SECONDS + " s");
    }
    exporter.close();
    return new LoadResult(
        plan.spansPerSecond() * ((end.nanos - begin.nanos) / 1e9),
        (end.sent - begin.sent) * SpanBatch.SPANS,
        (end.acknowledged - begin.acknowledged) * SpanBatch.SPANS,
        end.cpuSeconds - begin.cpuSeconds,
        tally.acknowledgedBatches(),
        tally.refusedBatches(),
        tally.firstRefusal(),
        bytes);
  }

  private Moment moment() throws IOException {
    return new Moment(
        System.nanoTime(),
        ProcessCpu.seconds(plan.pid()),
        tally.sentBatches(),
        tally.acknowledgedBatches());
  }

  private void sendUntilOver() {
    long start = System.nanoTime();
    double nanosPerBatch = 1e9 * SpanBatch.SPANS / plan.spansPerSecond();
    try {
      for (int batch = 0; !over; batch++) {
        await(start + (long) (batch * nanosPerBatch));
        exporter.awaitRoom();
        tally.sent();
        exporter.send(bodies.get(batch % BODIES).named(name(batch)), tally);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Other runs send the same bodies: the process is part of the name. */
  private static long name(int batch) {
    return ProcessHandle.current().pid() << Integer.SIZE | batch;
  }

  private static void await(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
