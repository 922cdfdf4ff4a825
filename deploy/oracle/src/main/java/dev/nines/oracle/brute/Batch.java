// SPDX-License-Identifier: Apache-2.0
package dev.nines.oracle.brute;

import java.util.List;

/**
 * Events as a region's collector took them.
 *
 * @param body names them: what has the same body within an hour is a repeat
 * @param appendedAt epoch milliseconds
 */
public record Batch(String region, String body, long appendedAt, List<Event> events) {}
