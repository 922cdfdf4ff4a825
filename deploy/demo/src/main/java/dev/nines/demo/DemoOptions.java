// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One run.
 *
 * @param spans about how many the shop sends
 * @param report where the JSON report goes
 * @param kill child of {@code up} that gets SIGKILL in the middle: kafka, clickhouse, postgres,
 *     server
 * @param apart extraction, engine and archive are processes of their own
 * @param sabotage what is done to the platform from outside so that a promise must break
 */
public record DemoOptions(
    long seed,
    long spans,
    long seconds,
    Optional<Path> report,
    Optional<String> kill,
    boolean apart,
    Sabotage sabotage) {

  /** What a lying part would do; each must make the demo fail and name the promise. */
  public enum Sabotage {
    NONE,
    /** A proxy before one collector that answers success and forwards nothing. */
    SWALLOWED_BATCHES,
    /** A row written into the store by hand. */
    FORGED_ROW,
    /** The same for metrics only: spans pass. */
    SWALLOWED_POINTS,
    /** A data point written into the store by hand. */
    FORGED_POINT,
    /** A proxy before the provider that answers success and forwards nothing. */
    SWALLOWED_PAGE
  }

  public static DemoOptions standard(long seed, Optional<Path> report) {
    return new DemoOptions(seed, 230_000, 120, report, Optional.empty(), false, Sabotage.NONE);
  }

  public DemoOptions killing(String child) {
    return new DemoOptions(seed, spans, seconds, report, Optional.of(child), apart, sabotage);
  }

  DemoOptions withRolesApart() {
    return new DemoOptions(seed, spans, seconds, report, kill, true, sabotage);
  }

  public DemoOptions sabotaged(Sabotage how) {
    return new DemoOptions(seed, spans, seconds, report, kill, apart, how);
  }

  public DemoOptions sized(long newSpans, long newSeconds) {
    return new DemoOptions(seed, newSpans, newSeconds, report, kill, apart, sabotage);
  }
}
