// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Watches started children, starts again what dies, and stops all in reverse order. */
public final class Supervisor implements AutoCloseable {

  private static final Duration FIRST_BACK_OFF = Duration.ofMillis(50);
  private static final Duration MAX_BACK_OFF = Duration.ofSeconds(1);

  /** A child that lived that long starts again with the first back-off. */
  private static final Duration HEALTHY = Duration.ofSeconds(10);

  private final PidFiles pidFiles;
  private final Consumer<String> say;
  private final Runnable restarted;
  private final List<RestartableProcess> children = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);

  /**
   * @param say gets one line for a person about each death and restart
   * @param restarted called when a child serves again, under a new process id
   */
  public Supervisor(PidFiles pidFiles, Consumer<String> say, Runnable restarted) {
    this.pidFiles = pidFiles;
    this.say = say;
    this.restarted = restarted;
  }

  /** Takes over a child that serves. */
  public void watch(RestartableProcess child) {
    synchronized (children) {
      children.add(child);
    }
    pidFiles.write(child.name(), child.childPid());
    Thread.ofVirtual().name("watch-" + child.name()).start(() -> keepAlive(child));
  }

  /** Process ids of the children that run now. */
  public Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    for (RestartableProcess child : snapshot()) {
      child.livePid().ifPresent(pid -> pids.put(child.name(), pid));
    }
    return pids;
  }

  /** Stops the children, the last one watched first; later calls do nothing. */
  @Override
  public void close() {
    stopping.countDown();
    for (RestartableProcess child : snapshot().reversed()) {
      synchronized (child) {
        child.close();
      }
      pidFiles.remove(child.name());
    }
  }

  private void keepAlive(RestartableProcess child) {
    Duration backOff = FIRST_BACK_OFF;
    while (!isStopping(Duration.ZERO)) {
      long served = System.nanoTime();
      int exitCode = exitCode(child);
      if (isStopping(Duration.ZERO)) {
        return;
      }
      say.accept(child.name() + " left with exit code " + exitCode + "; it is started again");
      boolean healthy = System.nanoTime() - served > HEALTHY.toNanos();
      backOff = healthy ? FIRST_BACK_OFF : backOff;
      do {
        if (isStopping(backOff)) {
          return;
        }
        backOff = min(backOff.multipliedBy(2), MAX_BACK_OFF);
      } while (!restart(child));
    }
  }

  private int exitCode(RestartableProcess child) {
    CompletableFuture<Integer> exit;
    synchronized (child) {
      if (isStopping(Duration.ZERO)) {
        return 0;
      }
      exit = child.onExit();
    }
    return exit.join();
  }

  private boolean restart(RestartableProcess child) {
    synchronized (child) {
      if (isStopping(Duration.ZERO)) {
        return true;
      }
      try {
        child.restart();
      } catch (StartFailedException e) {
        say.accept(String.valueOf(e.getMessage()));
        return false;
      }
    }
    say.accept(child.name() + " serves again");
    writeDown(child);
    return true;
  }

  /** On a full disk the child serves all the same, and is watched. */
  private void writeDown(RestartableProcess child) {
    try {
      pidFiles.write(child.name(), child.childPid());
      restarted.run();
    } catch (UncheckedIOException e) {
      say.accept("can't write down where " + child.name() + " runs now: " + e.getCause());
    }
  }

  private boolean isStopping(Duration within) {
    try {
      return stopping.await(within.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  private List<RestartableProcess> snapshot() {
    synchronized (children) {
      return List.copyOf(children);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
