// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import java.time.Duration;
import java.util.List;

/**
 * One probe, as every region that has the file runs it.
 *
 * @param name the operation of its spans
 * @param interval from one run to the next, of each target
 * @param timeout deadline of a run, below the interval: a run never meets the next one
 */
public record Probe(
    String name, Duration interval, Duration timeout, Check check, List<Target> targets) {

  public Probe {
    targets = List.copyOf(targets);
  }

  /** What is asked, and what must be answered. */
  public sealed interface Check permits HttpCheck, GrpcCheck {
    /** {@code http} or {@code grpc}. */
    String kind();
  }
}
