// SPDX-License-Identifier: Apache-2.0
/**
 * Capacity: what comes in, what can be served, and what is missing when a region is lost or a crowd
 * arrives.
 *
 * <pre>
 * demand_1h, red_1m, red_10s ── DemandTables ── Demand ─┬─ Evacuation ── EvacuationPlan ─┐
 *                                                       ├─ Spike ────────────────────────┼─ CapacityResource
 *                                                       └─ Forecasts ── Headroom ────────┘
 * CapacityModels (catalog) ── to all but Forecasts
 * </pre>
 */
@NullMarked
package dev.nines.capacity;

import org.jspecify.annotations.NullMarked;
