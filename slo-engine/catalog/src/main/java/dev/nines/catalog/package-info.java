// SPDX-License-Identifier: Apache-2.0
/**
 * Control data: objectives, changes and tokens, and the way by which they reach everybody.
 *
 * <pre>
 * SloResource ─── Catalog ──┐
 * ChangeResource ─ Changes ─┼── PostgreSQL: rows + audit + outbox, one transaction ── ControlRelay ── control.*
 * TokenResource ── Tokens ──┘
 * StatusReader ── slo.status, for SloResource and the deploy gate (GateResource, Gating)
 * TokenTable ── control.tokens, for roles without PostgreSQL
 * </pre>
 */
@NullMarked
package dev.nines.catalog;

import org.jspecify.annotations.NullMarked;
