// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sloth;

import dev.nines.objectives.openslo.Attributes;

/** A translated indicator, in our words. */
sealed interface Sli {

  /** Bad events, or good ones, among all. */
  record Ratio(Series total, Series part, boolean bad) implements Sli {}

  /** Events of a histogram at or below the limit, in the metric's own unit, are good. */
  record Limit(Series total, String threshold) implements Sli {}

  /** Points that are ratios, of good events or of bad ones. */
  record Raw(Series ratios, boolean success) implements Sli {}

  /**
   * @param service empty for any
   */
  record Series(String metric, String service, Attributes attributes) {}
}
