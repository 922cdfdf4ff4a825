// SPDX-License-Identifier: Apache-2.0
/**
 * THE application: one artifact, and the configuration says which roles it plays.
 *
 * <pre>
 * Server ── Parts ── collector · extraction · engine · archive · api · alerting · incident
 *    │                        (each Part: start, check, close)
 *    └── access (one filter, one table)   health   metrics
 * </pre>
 */
@NullMarked
package dev.nines.server;

import org.jspecify.annotations.NullMarked;
