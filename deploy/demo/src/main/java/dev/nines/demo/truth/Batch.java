// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.truth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One export as the shop logged it.
 *
 * @param handedOver when the exporter got it
 * @param acknowledged when the platform said yes; null when the shop never learned
 */
public record Batch(String id, String region, Instant handedOver, @Nullable Instant acknowledged) {}
