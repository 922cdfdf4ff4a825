// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * Multi-window burn-rate alert of the SRE workbook, chapter 5: fires while the burn rate over the
 * long and over the short window both exceed (strictly) the factor.
 *
 * @param name unique in its SLO, for example {@code page-2m}
 * @param shortWindow the long one where there is only one
 * @param orEqual fires at the factor too
 * @param afterSeconds how long the condition must have held before it fires, OpenSLO's {@code
 *     alertAfter}; 0 is at once
 */
public record BurnPolicy(
    String name,
    Duration longWindow,
    Duration shortWindow,
    BigDecimal factor,
    Severity severity,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean orEqual,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) long afterSeconds) {

  /** At once. */
  public BurnPolicy(
      String name,
      Duration longWindow,
      Duration shortWindow,
      BigDecimal factor,
      Severity severity,
      boolean orEqual) {
    this(name, longWindow, shortWindow, factor, severity, orEqual, 0);
  }

  public BurnPolicy(
      String name,
      Duration longWindow,
      Duration shortWindow,
      BigDecimal factor,
      Severity severity) {
    this(name, longWindow, shortWindow, factor, severity, false);
  }

  public TimeWindow longTimeWindow() {
    return new RollingWindow(longWindow);
  }

  public TimeWindow shortTimeWindow() {
    return new RollingWindow(shortWindow);
  }

  /** It does not fire at once. */
  public boolean waits() {
    return afterSeconds > 0;
  }

  /** Who is told. */
  public enum Severity {
    PAGE,
    TICKET
  }
}
