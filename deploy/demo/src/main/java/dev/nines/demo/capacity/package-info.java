// SPDX-License-Identifier: Apache-2.0
/**
 * What the planners ask: demand as the platform tells it, and what it takes to lose a region, both
 * counted again from the shop's own log.
 */
@NullMarked
package dev.nines.demo.capacity;

import org.jspecify.annotations.NullMarked;
