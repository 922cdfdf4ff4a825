// SPDX-License-Identifier: Apache-2.0
/** Calls out of this process: how they are, how many may go at a time, when one must not go. */
@NullMarked
package dev.nines.server.calls;

import org.jspecify.annotations.NullMarked;
