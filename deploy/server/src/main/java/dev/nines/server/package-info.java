// SPDX-License-Identifier: Apache-2.0
/**
 * THE application: one artifact, and the configuration says which roles it plays.
 *
 * <pre>
 * Server ── Role ── Collector · Extraction · Evaluation · Archive · Catalog · Alerting · Incident
 *    │                        (each: start, check, close)
 *    └── access (one filter, one table)   health   metrics
 * </pre>
 */
@NullMarked
package dev.nines.server;

import org.jspecify.annotations.NullMarked;
