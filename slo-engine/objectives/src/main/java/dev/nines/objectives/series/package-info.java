// SPDX-License-Identifier: Apache-2.0
/**
 * What points of metrics count, and what a cumulative one adds to the one before: extraction counts
 * by it what comes, and the back-fill what is stored.
 */
@NullMarked
package dev.nines.objectives.series;

import org.jspecify.annotations.NullMarked;
