// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in a run: how long each phase took, and attributes. Written by the check's threads
 * until {@link #finish}, when the deadline may have overtaken them; nothing changes it afterwards.
 */
public final class Observation {

  private final LongSupplier nanoTime;
  private final Map<Phase, Long> nanos = new EnumMap<>(Phase.class);
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private @Nullable Phase phase;
  private long entered;
  private boolean finished;

  public Observation(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Ends the phase before. */
  public synchronized void enter(Phase next) {
    if (!finished) {
      leave();
      phase = next;
    }
  }

  public void attribute(String key, String value) {
    put(key, value);
  }

  public void attribute(String key, long value) {
    put(key, value);
  }

  private synchronized void put(String key, Object value) {
    if (!finished) {
      attributes.put(key, value);
    }
  }

  public synchronized void finish() {
    if (!finished) {
      leave();
      finished = true;
    }
  }

  /** The one that runs, or was the last. */
  public synchronized Optional<Phase> phase() {
    return Optional.ofNullable(phase);
  }

  /** Of those that were entered. */
  public synchronized Map<Phase, Long> nanos() {
    return Map.copyOf(nanos);
  }

  /** Texts and whole numbers. */
  public synchronized Map<String, Object> attributes() {
    return new LinkedHashMap<>(attributes);
  }

  private void leave() {
    long now = nanoTime.getAsLong();
    if (phase != null) {
      nanos.merge(phase, now - entered, Long::sum);
    }
    entered = now;
  }
}
