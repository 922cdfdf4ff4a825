// SPDX-License-Identifier: Apache-2.0
/**
 * Sampling after counting: some seconds behind the counts, so that what is known of a trace by then
 * decides.
 *
 * <pre>
 * telemetry.accepted ── SamplerLoop ── Decision ──► telemetry.kept
 * trace.interest ─────── InterestLog ── Interests, Volumes
 * </pre>
 */
@NullMarked
package dev.nines.sampler;

import org.jspecify.annotations.NullMarked;
