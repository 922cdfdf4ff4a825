// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import java.time.Instant;
import java.util.Map;

/**
 * One series as one region received it.
 *
 * @param id 32 hex digits; the same in all regions
 * @param firstSeen log-append time
 * @param lastSeen log-append time, behind by up to an hour
 */
public record Series(
    String id,
    String region,
    String type,
    String unit,
    String description,
    String temporality,
    boolean monotonic,
    String service,
    Map<String, String> resource,
    String scope,
    String scopeVersion,
    Map<String, String> attributes,
    Instant firstSeen,
    Instant lastSeen) {}
