// SPDX-License-Identifier: Apache-2.0
/**
 * Availability as users meet it: windowed user-uptime of "Meaningful Availability" (NSDI 2020), by
 * the stored spans.
 */
@NullMarked
package dev.nines.archive.users;

import org.jspecify.annotations.NullMarked;
