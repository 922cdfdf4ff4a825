// SPDX-License-Identifier: Apache-2.0
/**
 * Who calls: each endpoint of each role takes tenant and rights from here, never from the client.
 */
@NullMarked
package dev.nines.objectives.access;

import org.jspecify.annotations.NullMarked;
