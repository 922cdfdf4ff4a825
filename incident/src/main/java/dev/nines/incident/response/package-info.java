// SPDX-License-Identifier: Apache-2.0
/** Incidents: states, intake of alert groups, acknowledgement, escalation, timeline. */
@NullMarked
package dev.nines.incident.response;

import org.jspecify.annotations.NullMarked;
