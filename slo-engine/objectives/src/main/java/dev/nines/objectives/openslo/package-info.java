// SPDX-License-Identifier: Apache-2.0
/**
 * SLOs as code: reads OpenSLO v1 YAML and finds every error of every file at once.
 *
 * <pre>
 * OpenSlo ── SloReader ── ObjectiveReader
 *    │           ├── IndicatorReader ── SpanIndicatorReader, MetricIndicatorReader ── PredicateParser
 *    │           └── AlertAnnotations ── BurnPolicies ── PolicyParser
 *    ├── OtherKinds
 *    └── YamlValue, YamlMap: a node, its path, and where complaints and dialects go
 * SloWriter ── IndicatorWriter ── PredicateText: the same written back, in one way
 * </pre>
 *
 * Scalars stay texts: nothing here resolves {@code yes}, {@code 010} or {@code 12:30:00} as YAML
 * 1.1 would, and a target never passes through a float.
 */
@NullMarked
package dev.nines.objectives.openslo;

import org.jspecify.annotations.NullMarked;
