// SPDX-License-Identifier: Apache-2.0
/**
 * How spans leave the shop, and the log of what left: the OpenTelemetry SDK's tracers and OTLP
 * exporters, our own batching in front of them, and the files that the demo compares the platform
 * with.
 */
@NullMarked
package dev.nines.shop.delivery;

import org.jspecify.annotations.NullMarked;
