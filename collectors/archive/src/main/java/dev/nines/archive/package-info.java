// SPDX-License-Identifier: Apache-2.0
/**
 * The role that stores what Kafka carries in ClickHouse and reads it back: spans, RED rows,
 * accounting, the ledger, histories. Owns those tables; their definitions are in {@code
 * resources/clickhouse}.
 */
@NullMarked
package dev.nines.archive;

import org.jspecify.annotations.NullMarked;
