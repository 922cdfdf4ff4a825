// SPDX-License-Identifier: Apache-2.0
/**
 * A new line gets its period: what the store knows of the time before it, as counts.
 *
 * <pre>
 * Catalog ── Backfills (PostgreSQL) ── BackfillRun ◄── History (what is stored)
 *                                          └── CountRecord.Past ─► sli.counts
 * </pre>
 */
@NullMarked
package dev.nines.catalog.backfill;

import org.jspecify.annotations.NullMarked;
