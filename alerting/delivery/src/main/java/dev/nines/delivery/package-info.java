// SPDX-License-Identifier: Apache-2.0
/**
 * Decides what is told.
 *
 * <p>BurnConsumer (Kafka) ─► Alerts (one transaction: alert, offset, log, outbox row) ◄─ BlindWatch
 */
@NullMarked
package dev.nines.delivery;

import org.jspecify.annotations.NullMarked;
