// SPDX-License-Identifier: Apache-2.0
/**
 * Telemetry into counts, one Streams task a partition: what is no repeat is forwarded and counted
 * in the same transaction.
 *
 * <pre>
 * telemetry.in.* ─► ExtractionTask ── Seen ── SpanCount ─► telemetry.accepted.*, quarantine
 *                      ├── pending sums ── Emission ─► sli.counts, red.rollups, accounting
 *                      └── Completion ──── Emission ─► sli.counts (complete to)
 * </pre>
 */
@NullMarked
package dev.nines.extraction;

import org.jspecify.annotations.NullMarked;
