// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One exchange of the JDK's server: what its handlers read of a request, and how they answer. */
record HttpCall(HttpExchange exchange, IngestLimits limits) {

  boolean isPost() {
    return exchange.getRequestMethod().equals("POST");
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  /** A header's value in lower case, without parameters; empty without the header. */
  String token(String name) {
    String value = header(name);
    return value == null ? "" : value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** Negative when the client does not say. */
  long length() {
    String value = header("Content-Length");
    return value == null || value.isBlank() ? -1 : Long.parseLong(value.strip());
  }

  InputStream body() {
    return exchange.getRequestBody();
  }

  void set(String header, String value) {
    exchange.getResponseHeaders().set(header, value);
  }

  /** What a client may do next. */
  void setAdvice(Fault fault) {
    if (fault.retryable()) {
      set("Retry-After", Long.toString(Math.max(1, limits.retryAfter().toSeconds())));
    }
    if (fault == Fault.UNAUTHENTICATED) {
      set("WWW-Authenticate", "Bearer");
    }
    if (fault == Fault.METHOD) {
      set("Allow", "POST");
    }
  }

  void send(int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** A client that still sends would see a reset instead of the answer. */
  void drain() throws IOException {
    InputStream rest = body();
    byte[] buffer = new byte[16 << 10];
    long left = 2L * limits.maxBodyBytes();
    int read = rest.read(buffer);
    while (read >= 0 && left > 0) {
      left -= read;
      read = rest.read(buffer);
    }
  }
}
