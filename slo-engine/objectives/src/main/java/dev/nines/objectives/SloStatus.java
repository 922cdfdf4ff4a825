// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nines.objectives.CompositeIndicator.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of one budget, as {@code slo.status} shows it. Key: {@link #key}.
 *
 * @param scope a region, or {@link #GLOBAL}
 * @param asOf instant of the evaluation
 * @param periodFrom start of the first cell that {@code good} and {@code total} are sums of; a
 *     status of a former version has none
 * @param good events of the period up to now that are surely good, and so {@code total}
 * @param uncertain events of the period that lie in the histogram bucket that contains the
 *     threshold; alerts and {@code budgetSpent} count them good
 * @param missing events of {@code total} that were expected and did not come: they count bad
 * @param runGood events since the line began, with no window: for reconciliation
 * @param budgetSpent share of the period's budget that is spent; above 1 it is overspent; exact to
 *     9 digits, rounded half up
 * @param slices null where events spend the budget
 * @param coverage expected events of measured slices / expected events of all, in [0, 1]
 * @param completeTo everything that ended before is counted
 * @param unmeasuredSince set while the scope, or a region of the global scope, is not measured
 * @param traffic of the last five minutes that were judged; null until some were
 * @param quality bounded words such as {@code skew}, {@code late}, {@code unmeasured}, {@code
 *     bounds}, {@code missing}, {@code assumes-independence}; {@code parts} says that events are
 *     points of a raw ratio, in {@link RawIndicator#PARTS}
 * @param composite null but of a composite, whose {@code good} and {@code total} are the events of
 *     all its components: its share is not their quotient
 */
public record SloStatus(
    SloId slo,
    long generation,
    long line,
    String scope,
    Instant asOf,
    BigDecimal target,
    TimeWindow period,
    Instant periodFrom,
    long good,
    long total,
    long uncertain,
    long missing,
    long runGood,
    long runTotal,
    long runUncertain,
    BigDecimal budgetSpent,
    @Nullable SpentSlices slices,
    List<Burn> burns,
    BigDecimal coverage,
    @Nullable Instant completeTo,
    @Nullable Instant unmeasuredSince,
    List<String> unmeasuredRegions,
    @Nullable Traffic traffic,
    List<String> quality,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Composite composite) {

  public static final String GLOBAL = "global";

  public SloStatus {
    periodFrom = Objects.requireNonNullElseGet(periodFrom, () -> period.from(asOf));
  }

  /**
   * A budget of slices; {@code good} and {@code total} are still events.
   *
   * @param bad slices of the period that were, with the parts of them where a slice can be bad in
   *     part
   * @param allowed slices of the period that may be
   */
  public record SpentSlices(Duration slice, BigDecimal bad, BigDecimal allowed) {}

  /**
   * Burn rates of one policy now.
   *
   * @param longBurn null while nothing is measured in the window
   */
  public record Burn(
      String policy,
      @Nullable BigDecimal longBurn,
      @Nullable BigDecimal shortBurn,
      BigDecimal factor,
      boolean firing) {}

  /**
   * Whether the events come that are expected.
   *
   * @param to end of the five minutes
   * @param counted events in them
   * @param expected null where nothing says what is usual
   * @param vanished an alert says so, until half of what is expected is back
   */
  public record Traffic(Instant to, long counted, @Nullable Long expected, boolean vanished) {}

  /**
   * What a composite's numbers are made of.
   *
   * @param assumesIndependence they are right where components fail independently of each other
   * @param goodShare of the period, to 9 digits, half up; null while nothing was counted
   */
  public record Composite(
      Kind kind,
      boolean assumesIndependence,
      @Nullable BigDecimal goodShare,
      List<Component> components) {}

  /**
   * One component in the same scope and period, at the same instant.
   *
   * @param total 0 where it has no event and so drops out
   * @param missing events of {@code total} that were expected and did not come
   */
  public record Component(SloId slo, BigDecimal weight, long good, long total, long missing) {}

  /** Events of the period that may be good: the upper bound beside {@code good}. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public long goodUpper() {
    return good + uncertain;
  }

  public String key() {
    return slo + "@" + scope;
  }
}
