// SPDX-License-Identifier: Apache-2.0
/**
 * Kafka's plumbing: topics, clients, serdes, tables read from a topic, the life cycle of Streams
 * applications and their stores. Knows no domain type and names no topic.
 */
@NullMarked
package dev.nines.transport;

import org.jspecify.annotations.NullMarked;
