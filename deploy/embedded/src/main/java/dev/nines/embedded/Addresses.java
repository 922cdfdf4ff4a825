// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a running installation wrote to {@code DIR/addresses.json}; mode 600, for the JDBC URL
 * carries a password.
 *
 * @param data absolute data folder
 * @param api base URL of the REST API
 * @param otlpGrpc {@code http://host:port} by region
 * @param otlpHttp {@code http://host:port} by region
 * @param kafka bootstrap servers
 * @param clickhouse HTTP URL
 * @param clickhouseReadOnly HTTP URL that refuses writes
 * @param postgres JDBC URL with user and password
 * @param adminTokenFile absolute path
 * @param readyMillis from the start to readiness, milliseconds
 * @param pids process id by child: kafka, clickhouse, postgres (the postmaster), server
 */
public record Addresses(
    String data,
    String api,
    Map<String, String> otlpGrpc,
    Map<String, String> otlpHttp,
    String kafka,
    String clickhouse,
    String clickhouseReadOnly,
    String postgres,
    String adminTokenFile,
    long readyMillis,
    Map<String, Long> pids) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public static Path file(Path data) {
    return data.resolve("addresses.json");
  }

  /** Reads what the installation in this folder wrote. */
  public static Addresses read(Path data) {
    try {
      return JSON.readValue(file(data).toFile(), Addresses.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its presence says that the installation is up. */
  static void forget(Path data) {
    try {
      Files.deleteIfExists(file(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write() {
    try {
      String json = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this);
      AdminToken.writeForOwner(file(Path.of(data)), json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
