// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.jdbc.Driver;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** A ClickHouse at an address, by its three ways in: JDBC, client-v2, and HTTP without a driver. */
record ServerUnderTest(String url, String user, String password) {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * {@code settings} are driver properties; a setting of the server has {@code clickhouse_setting_}
   * before it.
   */
  Connection jdbc(String... settings) throws SQLException {
    var properties = new Properties();
    properties.put("user", user);
    properties.put("password", password);
    properties.put("retry", "0");
    properties.put("client_retry_on_failures", "None");
    for (var i = 0; i < settings.length; i += 2) {
      properties.put(settings[i], settings[i + 1]);
    }
    return new Driver().connect("jdbc:clickhouse:" + url + "/default", properties);
  }

  Client client(boolean lz4) {
    return new Client.Builder()
        .addEndpoint(url)
        .setUsername(user)
        .setPassword(password)
        .setMaxRetries(0)
        .retryOnFailures(ClientFaultCause.None)
        .compressServerResponse(lz4)
        .compressClientRequest(lz4)
        .build();
  }

  /** Runs one statement by POST; its answer must be a success. */
  String run(String sql) {
    var response = post(Map.of(), sql.getBytes(StandardCharsets.UTF_8));
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + ": " + text(response));
    }
    return text(response).strip();
  }

  HttpResponse<byte[]> post(Map<String, String> url, byte[] body) {
    return send(request(url).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> get(Map<String, String> url) {
    return send(request(url).GET());
  }

  HttpRequest.Builder request(Map<String, String> url) {
    var query =
        url.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return HttpRequest.newBuilder(URI.create(url() + "/?" + query))
        .header("X-ClickHouse-User", user)
        .header("X-ClickHouse-Key", password);
  }

  static HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IllegalStateException("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** 0 when the answer is no error. */
  static int code(HttpResponse<byte[]> response) {
    return Integer.parseInt(
        response.headers().firstValue("X-ClickHouse-Exception-Code").orElse("0"));
  }

  List<GenericRecord> records(String sql) {
    try (var client = client(true)) {
      return client.queryAll(sql);
    }
  }
}
