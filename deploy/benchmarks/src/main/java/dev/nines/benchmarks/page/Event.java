// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

/**
 * A request that ended.
 *
 * @param atMillis its end, since 1970
 */
record Event(long atMillis, boolean bad) {}
