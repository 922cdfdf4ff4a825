// SPDX-License-Identifier: Apache-2.0
/**
 * Scrapes Prometheus and OpenMetrics endpoints.
 *
 * <pre>
 * FileTargets ── Scraper ── Timetable ── Dispatcher ── Scrape ── Fetcher, Exposition
 *                                                        ├────── Translation
 *                                                        └────── Courier ── Delivery
 * </pre>
 */
@NullMarked
package dev.nines.scraper;

import org.jspecify.annotations.NullMarked;
