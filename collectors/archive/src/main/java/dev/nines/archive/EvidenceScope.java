// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive;

import dev.nines.objectives.SloStatus;
import dev.nines.objectives.SpanIndicator;
import java.time.Instant;

/**
 * Which spans are asked about.
 *
 * @param from and {@code to}: spans that ended in [from, to)
 * @param region a region, or {@link SloStatus#GLOBAL}
 */
public record EvidenceScope(
    String tenant, SpanIndicator indicator, Instant from, Instant to, String region) {}
