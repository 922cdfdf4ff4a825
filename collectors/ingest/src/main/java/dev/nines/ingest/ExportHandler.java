// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.nines.telemetry.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code POST} of the path of each signal by the rules of OTLP/HTTP, and everything else by
 * its code. The answer is written as the request is.
 */
final class ExportHandler implements HttpHandler {

  private static final Map<String, Signal> PATHS =
      Map.of("/v1/traces", Signal.TRACES, "/v1/metrics", Signal.METRICS, "/v1/logs", Signal.LOGS);

  private final Gate gate;
  private final IngestLimits limits;

  ExportHandler(Gate gate, CollectorHost host) {
    this.gate = gate;
    this.limits = host.limits;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      drain(exchange.getRequestBody());
      gate.answered(Protocol.HTTP, answer);
      write(exchange, answer);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      Signal signal = PATHS.get(exchange.getRequestURI().getPath());
      if (signal == null) {
        return refused(Fault.NOT_FOUND, "traces are taken at /v1/traces, metrics at /v1/metrics");
      }
      Answer.Refused misfit = misfit(exchange);
      return misfit == null ? take(exchange, signal) : misfit;
    } catch (RuntimeException | Error e) {
      return gate.failed(e);
    }
  }

  private Answer take(HttpExchange exchange, Signal signal) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return switch (gate.admit(authorization, exchange.getRemoteAddress())) {
      case Gate.Admission.Closed(Answer.Refused refused) -> refused;
      case Gate.Admission.Open(String tenant) ->
          gate.take(new Export(tenant, signal, format(exchange)), read(exchange, tenant));
    };
  }

  private Received read(HttpExchange exchange, String tenant) throws IOException {
    BodyReader reader = new BodyReader(limits.maxBodyBytes(), gate.room(tenant));
    Headers headers = exchange.getRequestHeaders();
    long length = length(headers.getFirst("Content-Length"));
    InputStream body = exchange.getRequestBody();
    return switch (token(headers.getFirst("Content-Encoding"))) {
      case "gzip" ->
          length > limits.maxBodyBytes() ? reader.read(body, length) : reader.readGzip(body);
      case "deflate" ->
          length > limits.maxBodyBytes() ? reader.read(body, length) : reader.readDeflate(body);
      case "zstd" -> reader.readZstd(body, length);
      default -> reader.read(body, length);
    };
  }

  /** What is wrong with method or headers; null when nothing is. */
  private static Answer.@Nullable Refused misfit(HttpExchange exchange) {
    if (!exchange.getRequestMethod().equals("POST")) {
      return refused(Fault.METHOD, "telemetry is sent by POST");
    }
    String type = token(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (Arrays.stream(Format.values()).noneMatch(format -> format.mediaType().equals(type))) {
      return refused(
          Fault.MEDIA_TYPE, "Content-Type must be application/x-protobuf or application/json");
    }
    String encoding = token(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return switch (encoding) {
      case "", "identity", "gzip", "deflate", "zstd" -> null;
      default -> refused(Fault.ENCODING, "Content-Encoding must be gzip, deflate, zstd or none");
    };
  }

  private void write(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    Format format = format(exchange);
    headers.set("Content-Type", format.mediaType());
    switch (answer) {
      case Answer.Stored stored -> send(exchange, 200, body(format, stored));
      case Answer.Refused refused -> {
        Fault fault = refused.fault();
        if (fault.retryable()) {
          headers.set("Retry-After", Long.toString(Math.max(1, limits.retryAfter().toSeconds())));
        }
        if (fault == Fault.UNAUTHENTICATED) {
          headers.set("WWW-Authenticate", "Bearer");
        }
        if (fault == Fault.METHOD) {
          headers.set("Allow", "POST");
        }
        send(exchange, fault.httpStatus(), body(format, refused));
      }
    }
  }

  private byte[] body(Format format, Answer answer) {
    return switch (answer) {
      case Answer.Stored stored when format == Format.JSON -> JsonMessages.response(stored);
      case Answer.Stored stored -> Messages.response(stored);
      case Answer.Refused refused when format == Format.JSON ->
          JsonMessages.status(refused, limits.retryAfter());
      case Answer.Refused refused -> Messages.status(refused, limits.retryAfter());
    };
  }

  /** Protobuf, unless the client says JSON. */
  private static Format format(HttpExchange exchange) {
    String type = token(exchange.getRequestHeaders().getFirst("Content-Type"));
    return type.equals(Format.JSON.mediaType()) ? Format.JSON : Format.PROTOBUF;
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  /** A client that still sends would see a reset instead of the answer. */
  private void drain(InputStream rest) throws IOException {
    byte[] buffer = new byte[16 << 10];
    long left = 2L * limits.maxBodyBytes();
    int read = rest.read(buffer);
    while (read >= 0 && left > 0) {
      left -= read;
      read = rest.read(buffer);
    }
  }

  private static long length(@Nullable String header) {
    return header == null || header.isBlank() ? -1 : Long.parseLong(header.strip());
  }

  /** A header's value in lower case, without parameters. */
  private static String token(@Nullable String header) {
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private static Answer.Refused refused(Fault fault, String message) {
    return new Answer.Refused(fault, message);
  }
}
