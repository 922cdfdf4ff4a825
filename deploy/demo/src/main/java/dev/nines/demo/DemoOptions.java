// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One run.
 *
 * @param spans about how many the shop sends
 * @param report where the JSON report goes
 * @param record where the day's history goes, for {@code slo backtest}
 * @param kill child of {@code up} that gets SIGKILL in the middle: kafka, clickhouse, postgres,
 *     server
 * @param apart roles that are processes of their own: some of extraction, engine, archive
 * @param story which faults the shop plays
 * @param sabotage what is done to the platform from outside so that a promise must break
 */
public record DemoOptions(
    long seed,
    long spans,
    long seconds,
    Optional<Path> report,
    Optional<Path> record,
    Optional<String> kill,
    List<String> apart,
    Story story,
    Sabotage sabotage) {

  /** What the shop's script is, and which objectives there are. */
  public enum Story {
    /** A fault of each kind, under the objectives of the examples. */
    DEFAULT,
    /** A bad deploy in each region, one after the other, and an objective more for each region. */
    DEPLOYS;

    /** As the shop calls it. */
    String script() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

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
    return new DemoOptions(
        seed,
        230_000,
        120,
        report,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Story.DEFAULT,
        Sabotage.NONE);
  }

  public DemoOptions killing(String child) {
    return new DemoOptions(
        seed, spans, seconds, report, record, Optional.of(child), apart, story, sabotage);
  }

  DemoOptions withApart(List<String> roles) {
    return new DemoOptions(seed, spans, seconds, report, record, kill, roles, story, sabotage);
  }

  DemoOptions telling(Story other) {
    return new DemoOptions(seed, spans, seconds, report, record, kill, apart, other, sabotage);
  }

  public DemoOptions sabotaged(Sabotage how) {
    return new DemoOptions(seed, spans, seconds, report, record, kill, apart, story, how);
  }

  public DemoOptions sized(long newSpans, long newSeconds) {
    return new DemoOptions(
        seed, newSpans, newSeconds, report, record, kill, apart, story, sabotage);
  }
}
