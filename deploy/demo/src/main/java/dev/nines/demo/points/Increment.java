// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.points;

/**
 * What a point adds to the one before it of its stream.
 *
 * @param added in the point's own form
 */
record Increment(SentPoint point, Measured added) {}
