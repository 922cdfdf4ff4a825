// SPDX-License-Identifier: Apache-2.0
/**
 * The Prometheus text format 0.0.4 and OpenMetrics 1.0.0, read line by line from a stream.
 *
 * <pre>
 * Lines ── SampleReader ── Families ── FamilyBuilder ── Numbers, Histograms, Summaries ── Family
 * </pre>
 */
@NullMarked
package dev.nines.scraper.exposition;

import org.jspecify.annotations.NullMarked;
