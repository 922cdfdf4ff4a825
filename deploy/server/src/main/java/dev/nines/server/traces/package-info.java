// SPDX-License-Identifier: Apache-2.0
/** Traces of the platform itself: few, bounded, under a tenant of their own, never traced again. */
@NullMarked
package dev.nines.server.traces;

import org.jspecify.annotations.NullMarked;
