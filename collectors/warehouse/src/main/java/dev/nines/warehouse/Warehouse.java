// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import java.net.URI;

/**
 * Where ClickHouse is.
 *
 * @param url HTTP interface, for example {@code http://127.0.0.1:8123}
 */
public record Warehouse(URI url, String database, String user, String password) {}
