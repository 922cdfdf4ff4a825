// SPDX-License-Identifier: Apache-2.0
/**
 * What was scraped, as OTLP metrics, by OpenTelemetry's rules of compatibility with Prometheus and
 * OpenMetrics.
 */
@NullMarked
package dev.nines.scraper.otlp;

import org.jspecify.annotations.NullMarked;
