// SPDX-License-Identifier: Apache-2.0
/**
 * Specs of Sloth as OpenSLO: what can be said here exactly is translated, all else is refused by
 * name and place.
 *
 * <pre>
 * SlothImport ── SlothReader ── Query ── PromQl ── Tokens
 *                    ├── Translator: two queries as one SLI
 *                    └── SloDocument ── SlothBurn
 * </pre>
 *
 * <p>Source: Sloth 0.16, pkg/prometheus/api/v1, pkg/kubernetes/api/sloth/v1, internal/alert.
 */
@NullMarked
package dev.nines.objectives.sloth;

import org.jspecify.annotations.NullMarked;
