// SPDX-License-Identifier: Apache-2.0
/** How the process is: liveness, readiness, what each part says, and its metrics. */
@NullMarked
package dev.nines.server.health;

import org.jspecify.annotations.NullMarked;
