// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Answers {@code POST /v1/traces} by the rules of OTLP/HTTP, and everything else by its code. */
final class TraceHandler implements HttpHandler {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final String JSON = "application/json";

  private final Gate gate;
  private final IngestLimits limits;
  private final BodyReader reader;

  TraceHandler(Gate gate, CollectorHost host) {
    this.gate = gate;
    this.limits = host.limits;
    this.reader = new BodyReader(limits.maxBodyBytes(), host.inFlight);
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
      Answer.Refused misfit = misfit(exchange);
      return misfit == null ? take(exchange) : misfit;
    } catch (RuntimeException | Error e) {
      return gate.failed(e);
    }
  }

  private Answer take(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return switch (gate.admit(authorization, exchange.getRemoteAddress())) {
      case Gate.Admission.Closed(Answer.Refused refused) -> refused;
      case Gate.Admission.Open(String tenant) -> gate.take(tenant, read(exchange));
    };
  }

  private Received read(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    long length = length(headers.getFirst("Content-Length"));
    InputStream body = exchange.getRequestBody();
    return switch (token(headers.getFirst("Content-Encoding"))) {
      case "gzip" ->
          length > limits.maxBodyBytes() ? reader.read(body, length) : reader.readGzip(body);
      default -> reader.read(body, length);
    };
  }

  /** What is wrong with path, method or headers; null when nothing is. */
  private static Answer.@Nullable Refused misfit(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (!"/v1/traces".equals(path)) {
      return refused(Fault.NOT_FOUND, "traces are taken at /v1/traces; no other signal yet");
    }
    if (!exchange.getRequestMethod().equals("POST")) {
      return refused(Fault.METHOD, "telemetry is sent by POST");
    }
    String type = token(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!type.equals(PROTOBUF)) {
      return refused(
          Fault.MEDIA_TYPE,
          type.equals(JSON)
              ? "OTLP/JSON is not taken yet; send " + PROTOBUF
              : "Content-Type must be " + PROTOBUF);
    }
    String encoding = token(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return switch (encoding) {
      case "", "identity", "gzip" -> null;
      default -> refused(Fault.ENCODING, "Content-Encoding must be gzip or none");
    };
  }

  private void write(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    boolean json = token(exchange.getRequestHeaders().getFirst("Content-Type")).equals(JSON);
    headers.set("Content-Type", json ? JSON : PROTOBUF);
    switch (answer) {
      case Answer.Stored stored -> send(exchange, 200, Messages.response(stored));
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
        send(exchange, fault.httpStatus(), json ? json(refused) : protobuf(refused));
      }
    }
  }

  private byte[] protobuf(Answer.Refused refused) {
    return Messages.status(refused, limits.retryAfter());
  }

  /** Messages to JSON requests are our own constants: nothing in them needs an escape. */
  private static byte[] json(Answer.Refused refused) {
    int code = refused.fault().grpcCode();
    return "{\"code\":%d,\"message\":\"%s\"}".formatted(code, refused.message()).getBytes(UTF_8);
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
