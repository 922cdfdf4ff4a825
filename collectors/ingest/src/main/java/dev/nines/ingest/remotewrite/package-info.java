// SPDX-License-Identifier: Apache-2.0
/**
 * Prometheus remote write 1.0 and 2.0 into OTLP metrics, as OpenTelemetry's compatibility rules
 * have it where both can say the same.
 */
@NullMarked
package dev.nines.ingest.remotewrite;

import org.jspecify.annotations.NullMarked;
