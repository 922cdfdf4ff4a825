// SPDX-License-Identifier: Apache-2.0
package dev.nines.journal;

import java.time.Instant;

/**
 * One row of the outbox, written in the transaction whose effect it tells.
 *
 * @param lane who drains it: {@code control}, {@code incident}, {@code page}, ...
 * @param key unique in its lane: a second row with the same key is not written
 * @param destination topic, channel or kind of work, for the drain's use
 * @param recordKey Kafka key where the destination is a topic
 * @param payload JSON
 * @param notBefore earliest delivery
 */
public record OutboxMessage(
    String lane,
    String key,
    String destination,
    String recordKey,
    String payload,
    Instant notBefore) {}
