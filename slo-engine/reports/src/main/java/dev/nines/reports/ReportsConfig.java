// SPDX-License-Identifier: Apache-2.0
package dev.nines.reports;

import java.time.Duration;

/**
 * Settings of reports.
 *
 * @param settle how long after its end a period may still get late data: then its report is stored
 * @param every how often ended months are looked at
 * @param monthsChecked ended months that get another revision when something changed
 */
public record ReportsConfig(Duration settle, Duration every, int monthsChecked) {

  public static ReportsConfig withSettle(Duration settle) {
    return new ReportsConfig(settle, Duration.ofHours(1), 3);
  }
}
