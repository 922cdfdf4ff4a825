// SPDX-License-Identifier: Apache-2.0
/** Who may call what: one filter, one table, and the caller of the present request. */
@NullMarked
package dev.nines.server.access;

import org.jspecify.annotations.NullMarked;
