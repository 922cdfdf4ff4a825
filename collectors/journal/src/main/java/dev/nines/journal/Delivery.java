// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.time.Instant;

/**
 * One claimed row of the outbox.
 *
 * @param attempt from 1
 * @param ambiguous an earlier attempt may have arrived: its outcome is unknown
 * @param createdAt when the row was written, database clock
 * @param claimedAt when this attempt was claimed, database clock
 */
public record Delivery(
    long id,
    OutboxMessage message,
    int attempt,
    boolean ambiguous,
    Instant createdAt,
    Instant claimedAt) {}
