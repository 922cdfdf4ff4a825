// SPDX-License-Identifier: Apache-2.0
/** One class a role: what it starts, in which order, and what it says of itself. */
@NullMarked
package dev.nines.server.role;

import org.jspecify.annotations.NullMarked;
