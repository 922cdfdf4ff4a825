// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNullElse;
import static java.util.Objects.requireNonNullElseGet;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the URL and the headers of a query say. {@code sql} is the {@code query} parameter, empty
 * when the SQL is in the body; {@code nativeRevision} is how format Native is wanted (0: as on
 * disk); {@code settings} are all parameters that mean nothing to the interface itself.
 */
record QueryRequest(
    boolean get,
    String sql,
    String queryId,
    @Nullable String database,
    String format,
    boolean compress,
    boolean decompress,
    long nativeRevision,
    @Nullable SessionRequest session,
    Map<String, String> settings,
    Map<String, String> parameters) {

  /** {@code timeoutSeconds} without use; {@code mustExist} refuses a session that is not there. */
  record SessionRequest(String id, boolean mustExist, int timeoutSeconds) {}

  private static final int DEFAULT_SESSION_SECONDS = 60;
  private static final int MAX_SESSION_SECONDS = 3600;

  static QueryRequest of(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    refuseUnknownBodies(headers);
    var url = decode(exchange.getRequestURI().getRawQuery());
    var parameters = new LinkedHashMap<String, String>();
    var settings = new LinkedHashMap<String, String>();
    url.forEach(
        (name, value) -> {
          if (name.startsWith("param_")) {
            parameters.put(name.substring("param_".length()), value);
          } else if (isSetting(name)) {
            settings.put(name, value);
          }
        });
    return new QueryRequest(
        exchange.getRequestMethod().equals("GET"),
        url.getOrDefault("query", ""),
        requireNonNullElseGet(
            first(url.get("query_id"), headers.getFirst("X-ClickHouse-Query-Id")),
            () -> UUID.randomUUID().toString()),
        first(url.get("database"), headers.getFirst("X-ClickHouse-Database")),
        requireNonNullElse(
            first(url.get("default_format"), headers.getFirst("X-ClickHouse-Format")),
            "TabSeparated"),
        url.getOrDefault("compress", "0").equals("1"),
        url.getOrDefault("decompress", "0").equals("1"),
        revision(url.getOrDefault("client_protocol_version", "0")),
        session(url),
        settings,
        parameters);
  }

  private static void refuseUnknownBodies(Headers headers) {
    var encoding = headers.getFirst("Content-Encoding");
    if (encoding != null && !encoding.equals("identity")) {
      throw EngineException.notOffered("Content-Encoding: " + encoding);
    }
    var type = headers.getFirst("Content-Type");
    if (type != null && type.startsWith("multipart/")) {
      throw EngineException.notOffered("external tables (multipart body)");
    }
  }

  /**
   * False for what the interface understands itself, or may leave out without changing a result.
   */
  private static boolean isSetting(String name) {
    return switch (name) {
      case "query", "query_id", "database", "default_format", "compress", "decompress" -> false;
      case "session_id", "session_check", "session_timeout", "user", "password" -> false;
      case "wait_end_of_query", "buffer_size", "quota_key", "stacktrace" -> false;
      case "client_protocol_version" -> false;
      case "role", "framing" -> throw EngineException.notOffered("URL parameter " + name);
      default -> true;
    };
  }

  private static @Nullable SessionRequest session(Map<String, String> url) {
    var id = url.getOrDefault("session_id", "");
    if (id.isEmpty()) {
      return null;
    }
    var seconds = url.getOrDefault("session_timeout", "" + DEFAULT_SESSION_SECONDS);
    return new SessionRequest(
        id, url.getOrDefault("session_check", "0").equals("1"), timeout(seconds));
  }

  private static long revision(String version) {
    if (!version.matches("\\d{1,9}")) {
      throw new EngineException(
          ErrorCode.BAD_ARGUMENTS, "Invalid client_protocol_version: " + version);
    }
    return Long.parseLong(version);
  }

  private static int timeout(String seconds) {
    if (!seconds.matches("\\d{1,4}") || Integer.parseInt(seconds) > MAX_SESSION_SECONDS) {
      throw new EngineException(
          ErrorCode.BAD_ARGUMENTS,
          "Invalid session timeout: '%s' (0 to %d)".formatted(seconds, MAX_SESSION_SECONDS));
    }
    return Integer.parseInt(seconds);
  }

  private static Map<String, String> decode(@Nullable String query) {
    var parameters = new LinkedHashMap<String, String>();
    if (query == null) {
      return parameters;
    }
    for (var pair : query.split("&", -1)) {
      var equals = pair.indexOf('=');
      var name = equals < 0 ? pair : pair.substring(0, equals);
      if (!name.isEmpty()) {
        parameters.put(decodePart(name), equals < 0 ? "" : decodePart(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static String decodePart(String part) {
    try {
      return URLDecoder.decode(part, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new EngineException(ErrorCode.BAD_ARGUMENTS, "URL is not decodable: " + part);
    }
  }

  private static @Nullable String first(@Nullable String url, @Nullable String header) {
    return url != null && !url.isEmpty() ? url : header;
  }
}
