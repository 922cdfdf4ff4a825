// SPDX-License-Identifier: Apache-2.0
package dev.nines.warehouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Where ClickHouse is.
 *
 * @param url HTTP interface, for example {@code http://127.0.0.1:8123}
 */
public record Warehouse(URI url, String database, String user, String password) {

  public static final String DEFAULT_DATABASE = "default";

  private static final int MAX_CONNECTIONS = 16;

  public Warehouse withDatabase(String name) {
    return new Warehouse(url, name, user, password);
  }

  /** A client that tries each request once: whoever repeats must know that it is safe. */
  Client client(Duration timeout) {
    return new Client.Builder()
        .addEndpoint(url.toString())
        .setUsername(user)
        .setPassword(password)
        .setDefaultDatabase(database)
        .setConnectTimeout(Math.min(2_000, timeout.toMillis()), ChronoUnit.MILLIS)
        .setSocketTimeout(timeout.toMillis(), ChronoUnit.MILLIS)
        .setConnectionRequestTimeout(timeout.toMillis(), ChronoUnit.MILLIS)
        .setMaxConnections(MAX_CONNECTIONS)
        .compressServerResponse(false)
        .compressClientRequest(false)
        .retryOnFailures(ClientFaultCause.None)
        .setMaxRetries(0)
        // Of clusters: what was inserted is on most replicas of its shard when the answer comes,
        .serverSetting("distributed_foreground_insert", "1")
        .serverSetting("insert_quorum", "auto")
        // and the right side of IN and JOIN is read from all shards.
        .serverSetting("distributed_product_mode", "global")
        // A change of the schema does not wait for a replica that is away.
        .serverSetting("distributed_ddl_output_mode", "throw_only_active")
        .build();
  }
}
