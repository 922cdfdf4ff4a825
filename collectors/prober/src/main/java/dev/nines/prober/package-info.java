// SPDX-License-Identifier: Apache-2.0
/**
 * Probes by HTTP and gRPC, from the region of the process to each target's, whose results are spans
 * that SLOs select.
 *
 * <pre>
 * Timetable ── Dispatcher ── Runner ── Callers ── HttpCaller, GrpcCaller ──► targets
 *                  │           │
 *               slots      SpanEncoder ── SpanBuffer ── SpanSender ──► the region's collector
 * </pre>
 */
@NullMarked
package dev.nines.prober;

import org.jspecify.annotations.NullMarked;
