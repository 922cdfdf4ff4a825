// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.overload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Watches how much memory processes have resident, and keeps the most that each had. */
public final class Memory implements AutoCloseable {

  private static final Duration EVERY = Duration.ofMillis(500);
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final Map<String, Long> pids;
  private final Map<String, Long> mostMib = new ConcurrentSkipListMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param pids by name
   */
  public Memory(Map<String, Long> pids) {
    this.pids = pids;
    thread = Thread.ofVirtual().name("memory").start(this::watch);
  }

  private void watch() {
    try {
      do {
        for (Map.Entry<String, Long> process : pids.entrySet()) {
          mostMib.merge(process.getKey(), residentMib(process.getValue()), Math::max);
        }
      } while (!over.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("memory is not watched any more", e);
    }
  }

  /** 0 of a process that is gone, which is found elsewhere. */
  private static long residentMib(long pid) throws IOException {
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
      Matcher resident = RESIDENT.matcher(status);
      return resident.find() ? Long.parseLong(resident.group(1)) >> 10 : 0;
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** The most so far, in MiB by name. */
  public Map<String, Long> mostMib() {
    return new TreeMap<>(mostMib);
  }

  @Override
  public void close() {
    over.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
