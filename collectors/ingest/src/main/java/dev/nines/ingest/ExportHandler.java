// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.nines.telemetry.Signal;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
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
      HttpCall call = new HttpCall(exchange, limits);
      Answer answer = answer(call);
      call.drain();
      gate.answered(Protocol.HTTP, answer);
      write(call, answer);
    }
  }

  private Answer answer(HttpCall call) throws IOException {
    try {
      Signal signal = PATHS.get(call.exchange().getRequestURI().getPath());
      if (signal == null) {
        return refused(Fault.NOT_FOUND, "traces are taken at /v1/traces, metrics at /v1/metrics");
      }
      Answer.Refused misfit = misfit(call);
      return misfit == null ? take(call, signal) : misfit;
    } catch (RuntimeException | Error e) {
      return gate.failed(e);
    }
  }

  private Answer take(HttpCall call, Signal signal) throws IOException {
    return switch (gate.admit(call.header("Authorization"), call.exchange().getRemoteAddress())) {
      case Gate.Admission.Closed(Answer.Refused refused) -> refused;
      case Gate.Admission.Open(String tenant) ->
          gate.take(new Export(tenant, signal, format(call)), read(call, tenant));
    };
  }

  private Received read(HttpCall call, String tenant) throws IOException {
    BodyReader reader = new BodyReader(limits.maxBodyBytes(), gate.room(tenant));
    long length = call.length();
    boolean over = length > limits.maxBodyBytes();
    InputStream body = call.body();
    return switch (call.token("Content-Encoding")) {
      case "gzip" -> over ? reader.read(body, length) : reader.readGzip(body);
      case "deflate" -> over ? reader.read(body, length) : reader.readDeflate(body);
      case "zstd" -> reader.readZstd(body, length);
      default -> reader.read(body, length);
    };
  }

  /** What is wrong with method or headers; null when nothing is. */
  private static Answer.@Nullable Refused misfit(HttpCall call) {
    if (!call.isPost()) {
      return refused(Fault.METHOD, "telemetry is sent by POST");
    }
    String type = call.token("Content-Type");
    if (Arrays.stream(Format.values()).noneMatch(format -> format.mediaType().equals(type))) {
      return refused(
          Fault.MEDIA_TYPE, "Content-Type must be application/x-protobuf or application/json");
    }
    return switch (call.token("Content-Encoding")) {
      case "", "identity", "gzip", "deflate", "zstd" -> null;
      default -> refused(Fault.ENCODING, "Content-Encoding must be gzip, deflate, zstd or none");
    };
  }

  private void write(HttpCall call, Answer answer) throws IOException {
    Format format = format(call);
    call.set("Content-Type", format.mediaType());
    switch (answer) {
      case Answer.Stored stored -> call.send(200, body(format, stored));
      case Answer.Refused refused -> {
        call.setAdvice(refused.fault());
        call.send(refused.fault().httpStatus(), body(format, refused));
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
  private static Format format(HttpCall call) {
    return call.token("Content-Type").equals(Format.JSON.mediaType())
        ? Format.JSON
        : Format.PROTOBUF;
  }

  private static Answer.Refused refused(Fault fault, String message) {
    return new Answer.Refused(fault, message);
  }
}
