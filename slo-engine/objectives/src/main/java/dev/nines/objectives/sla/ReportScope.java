// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives.sla;

import java.time.Instant;

/**
 * What a report is asked for.
 *
 * @param through end of the last minute that is looked at, after {@code from}
 * @param asOf only what was known then
 * @param provisional the period is not over, or late data may still be on its way
 */
public record ReportScope(
    String tenant,
    int contractVersion,
    Instant from,
    Instant to,
    Instant through,
    Instant asOf,
    boolean provisional) {}
