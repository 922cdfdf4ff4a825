// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse.sink;

/** Names a record for ever: {@code seq} grows with each record of a task for a region. */
public record RecordIdentity(String region, String task, long seq) {}
