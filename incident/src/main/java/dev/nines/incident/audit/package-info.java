// SPDX-License-Identifier: Apache-2.0
/** The audit trail over HTTP. */
@NullMarked
package dev.nines.incident.audit;

import org.jspecify.annotations.NullMarked;
