// SPDX-License-Identifier: Apache-2.0

/** Kafka, ClickHouse and PostgreSQL as child processes of one machine, and their supervisor. */
@NullMarked
package dev.nines.embedded;

import org.jspecify.annotations.NullMarked;
