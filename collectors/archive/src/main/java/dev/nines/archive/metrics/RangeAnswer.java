// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The course of a metric.
 *
 * @param from where the first window begins
 * @param to where the last window ends
 */
public record RangeAnswer(
    String metric,
    String type,
    String unit,
    String function,
    Instant from,
    Instant to,
    long stepSeconds,
    List<Line> series) {

  /**
   * One series, or all that are added up under the same labels.
   *
   * @param id of the series; absent when series are added up
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(@Nullable String id, Map<String, String> labels, List<Point> points) {}

  /**
   * Windows without points have none.
   *
   * @param at where the window (at - step, at] ends
   * @param value an exact integer where the client sent integers; null when it is not a finite
   *     number
   * @param lower of a quantile, at most this much below; absent when nothing is known
   * @param upper of a quantile, at most this much above; absent when nothing is known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Point(
      Instant at,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Number value,
      @Nullable Double lower,
      @Nullable Double upper) {}
}
