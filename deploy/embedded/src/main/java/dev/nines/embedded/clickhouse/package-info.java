// SPDX-License-Identifier: Apache-2.0
/**
 * ClickHouse for one machine: the real engine (libchdb), called through the foreign function API in
 * a process of its own, behind ClickHouse's HTTP interface. Start it by {@link ClickHouseMain}.
 */
@NullMarked
package dev.nines.embedded.clickhouse;

import org.jspecify.annotations.NullMarked;
