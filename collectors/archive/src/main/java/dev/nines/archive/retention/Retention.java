// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.retention;

import java.time.Duration;
import java.util.Map;

/**
 * How long telemetry is kept, by day of log append.
 *
 * @param ofTenants those that differ
 */
public record Retention(Days common, Map<String, Days> ofTenants) {

  /** As the tables are made. */
  public static final Retention DEFAULT = new Retention(new Days(15, 30), Map.of());

  /** Accounting compares two days with the rows that it is about. */
  private static final int LEAST_DAYS = 3;

  private static final int MOST_DAYS = 3_650;

  /**
   * Days that rows stay.
   *
   * @throws IllegalArgumentException outside 3 to 3,650
   */
  public record Days(int spans, int points) {
    public Days {
      check("spans-days", spans);
      check("points-days", points);
    }

    private static void check(String name, int days) {
      if (days < LEAST_DAYS || days > MOST_DAYS) {
        throw new IllegalArgumentException(
            "nines.retention %s: %d to %d, not %d".formatted(name, LEAST_DAYS, MOST_DAYS, days));
      }
    }
  }

  public Retention {
    ofTenants = Map.copyOf(ofTenants);
  }

  /** Days that a tenant's spans stay. */
  public int spansDays(String tenant) {
    return ofTenants.getOrDefault(tenant, common).spans;
  }

  /** Days that a tenant's points of metrics stay. */
  public int pointsDays(String tenant) {
    return ofTenants.getOrDefault(tenant, common).points;
  }

  /** How far back all rows of the tenant are there, with a day to spare at the end. */
  public Duration complete(String tenant) {
    Days days = ofTenants.getOrDefault(tenant, common);
    return Duration.ofDays(Math.min(days.spans, days.points) - 2L);
  }
}
