// SPDX-License-Identifier: Apache-2.0
/**
 * Contract: what services can serve, as a document. The catalog keeps it, capacity reckons with it.
 *
 * <pre>
 * CapacityModelReader ── CapacityModel ── CapacityModels (port)
 *    ├── ServiceCapacityReader
 *    └── DemandEventReader
 * </pre>
 */
@NullMarked
package dev.nines.objectives.capacity;

import org.jspecify.annotations.NullMarked;
