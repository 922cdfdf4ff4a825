// SPDX-License-Identifier: Apache-2.0
/**
 * ClickHouse only: connection, queries, migrations, column-wise inserts and the exact sink. Owns no
 * table but the list of applied migrations and knows no domain type.
 */
@NullMarked
package dev.nines.warehouse;

import org.jspecify.annotations.NullMarked;
