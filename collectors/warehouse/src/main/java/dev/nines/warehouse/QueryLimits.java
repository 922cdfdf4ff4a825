// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import java.time.Duration;

/**
 * What one query may cost.
 *
 * @param deadline time after which the server stops it and the caller gets an error
 * @param maxRows rows of the answer; more is an error, so statements say {@code LIMIT}
 */
public record QueryLimits(Duration deadline, int maxRows) {

  public static final QueryLimits DEFAULT = new QueryLimits(Duration.ofSeconds(10), 100_000);
}
