// SPDX-License-Identifier: Apache-2.0
/**
 * Wakes people and keeps the record, with PostgreSQL alone.
 *
 * <p>lane incident ─► response ─► lane page ─► paging ─► webhook; lane escalation (deadlines); lane
 * contact (later contacts); oncall says who; lane postmortem; lane projection (to Kafka, by a port)
 */
@NullMarked
package dev.nines.incident;

import org.jspecify.annotations.NullMarked;
