// SPDX-License-Identifier: Apache-2.0
/**
 * The description of the API, and the page that shows it.
 *
 * <pre>
 * openapi.yaml        what all methods have in common ─┐
 * FooResource.yaml    beside each resource: its texts ─┼─► OpenApi ─► /api/v1/openapi ─► /api/v1/docs
 * AccessTable         rights and roles ────────────────┘
 * </pre>
 */
@NullMarked
package dev.nines.server.openapi;

import org.jspecify.annotations.NullMarked;
