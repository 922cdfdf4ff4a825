// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.exposition;

/**
 * A measurement beside a sample.
 *
 * @param timeNanos as of a {@link Point}
 */
public record Exemplar(Labels labels, double value, long timeNanos) {}
