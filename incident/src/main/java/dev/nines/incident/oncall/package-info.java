// SPDX-License-Identifier: Apache-2.0
/**
 * Who is woken: users and their contacts, schedules with the rules of local time, escalation
 * policies and which of them a service has.
 *
 * <p>The question "who has it at this instant" has exactly one answer for every instant, a user or
 * a gap with its reason; it is worked out from the schedule as it stood then, never from stored
 * shifts.
 */
@NullMarked
package dev.nines.incident.oncall;

import org.jspecify.annotations.NullMarked;
