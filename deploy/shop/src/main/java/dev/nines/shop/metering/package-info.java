// SPDX-License-Identifier: Apache-2.0
/**
 * What the services measure of themselves, by the OpenTelemetry SDK's instruments: counters and
 * histograms of their requests, delta in some regions and cumulative in others, and the log of the
 * points that left.
 */
@NullMarked
package dev.nines.shop.metering;

import org.jspecify.annotations.NullMarked;
