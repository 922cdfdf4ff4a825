// SPDX-License-Identifier: Apache-2.0
/**
 * Spans to the region's own collector by OTLP/HTTP, as any client sends them: kept in a bounded
 * buffer until the collector has acknowledged them.
 */
@NullMarked
package dev.nines.prober.export;

import org.jspecify.annotations.NullMarked;
