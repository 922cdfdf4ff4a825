// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

/**
 * What tells a metric from others.
 *
 * @param unit as OTLP has it
 */
record MetricName(String name, String unit, Kind kind) {}
