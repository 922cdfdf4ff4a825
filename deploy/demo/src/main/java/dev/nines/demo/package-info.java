// SPDX-License-Identifier: Apache-2.0
/**
 * The demo and the long proofs: a director that starts the platform and the shop from outside, as
 * an operator would, and compares what the platform says with what the shop logged.
 *
 * <pre>
 * Director ─ starts ─► up, role collector, shop          reads ─► shop's own log ─► Truth ┐
 *     └── provider (receives pages) ◄── webhook          reads ─► store, API ─────────────┴► Verdict
 * </pre>
 *
 * Nothing of the engine is on this side: selectors, windows and burn rates are computed again here.
 */
@NullMarked
package dev.nines.demo;

import org.jspecify.annotations.NullMarked;
