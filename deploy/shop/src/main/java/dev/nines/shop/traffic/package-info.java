// SPDX-License-Identifier: Apache-2.0
/**
 * What happens in the shop, as data: the script of faults and the customers' requests with their
 * calls. Everything here follows from the seed alone; no clock, no network.
 */
@NullMarked
package dev.nines.shop.traffic;

import org.jspecify.annotations.NullMarked;
