// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Batches and what became of them; any thread may count. */
final class Tally implements Fate {

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicReference<String> firstRefusal = new AtomicReference<>("");

  void sent() {
    sent.incrementAndGet();
  }

  @Override
  public void acknowledged() {
    acknowledged.incrementAndGet();
  }

  @Override
  public void refused(String why) {
    firstRefusal.compareAndSet("", why);
    refused.incrementAndGet();
  }

  long sentBatches() {
    return sent.get();
  }

  long acknowledgedBatches() {
    return acknowledged.get();
  }

  long refusedBatches() {
    return refused.get();
  }

  String firstRefusal() {
    return firstRefusal.get();
  }
}
