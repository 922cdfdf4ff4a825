// SPDX-License-Identifier: Apache-2.0
/**
 * Kafka to ClickHouse, each record exactly once. Whoever owns a table hands its topics, its name
 * and a mapper to an {@link dev.nines.warehouse.sink.ExactSink}.
 */
@NullMarked
package dev.nines.warehouse.sink;

import org.jspecify.annotations.NullMarked;
