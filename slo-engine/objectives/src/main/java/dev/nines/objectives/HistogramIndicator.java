// SPDX-License-Identifier: Apache-2.0
package dev.nines.objectives;

/**
 * The events of a histogram: those at or below the threshold are good. Exact where the threshold is
 * a bound of the buckets; events of the bucket that contains it are uncertain otherwise.
 */
public record HistogramIndicator(MetricSelection selection, Threshold threshold)
    implements Indicator {}
