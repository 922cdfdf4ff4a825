// SPDX-License-Identifier: Apache-2.0
package dev.nines.archive.metrics;

import java.time.Instant;

/**
 * A metric that a tenant has; one name with two types or units is two of them.
 *
 * @param type {@code gauge}, {@code sum}, {@code histogram}, {@code exponential_histogram} or
 *     {@code summary}
 * @param temporality {@code delta}, {@code cumulative} or {@code unspecified}
 * @param monotonic a counter
 * @param series how many of them were seen
 * @param lastSeen behind by up to an hour
 */
public record MetricName(
    String metric,
    String type,
    String unit,
    String description,
    String temporality,
    boolean monotonic,
    long series,
    Instant lastSeen) {}
