// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/** OTLP over gRPC and HTTP, as bytes: keeps each body that arrives and answers as it is told. */
public final class TestCollector implements AutoCloseable {

  private static final String TRACES = "opentelemetry.proto.collector.trace.v1.TraceService/Export";
  private static final String METRICS =
      "opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Function<Request, Answer> behaviour;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Received> metrics = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Server grpc;
  private final HttpServer http;

  /** What the collector does with a request. */
  public enum Answer {
    ACCEPT,
    /** Not to be tried again: HTTP 400, INVALID_ARGUMENT. */
    REFUSE,
    /** To be tried again: HTTP 503, UNAVAILABLE. */
    UNAVAILABLE
  }

  /** A request, decompressed. */
  public record Request(String protocol, String token, byte[] body) {}

  /** A request and its answer. */
  public record Received(Request request, Answer answer) {}

  public TestCollector(Function<Request, Answer> behaviour) throws IOException {
    this.behaviour = behaviour;
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    grpc =
        NettyServerBuilder.forAddress(any)
            .executor(threads)
            .addService(service(TRACES, received))
            .addService(service(METRICS, metrics))
            .build();
    grpc.start();
    http = HttpServer.create(any, 0);
    http.setExecutor(threads);
    http.createContext("/v1/traces", exchange -> handle(exchange, received));
    http.createContext("/v1/metrics", exchange -> handle(exchange, metrics));
    http.start();
  }

  public String grpcEndpoint() {
    return "http://127.0.0.1:" + grpc.getPort();
  }

  public String httpEndpoint() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Requests with spans. */
  public List<Received> received() {
    return received;
  }

  public List<Received> metrics() {
    return metrics;
  }

  private Answer take(List<Received> kept, String protocol, String authorization, byte[] body) {
    Request request = new Request(protocol, authorization.replaceFirst("^Bearer ", ""), body);
    Answer answer = behaviour.apply(request);
    kept.add(new Received(request, answer));
    return answer;
  }

  private void handle(HttpExchange exchange, List<Received> kept) throws IOException {
    try (exchange;
        InputStream in = new GZIPInputStream(exchange.getRequestBody())) {
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      int status =
          switch (take(kept, "http", token, in.readAllBytes())) {
            case ACCEPT -> 200;
            case REFUSE -> 400;
            case UNAVAILABLE -> 503;
          };
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private ServerServiceDefinition service(String method, List<Received> kept) {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(method)
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();
    return ServerServiceDefinition.builder(MethodDescriptor.extractFullServiceName(method))
        .addMethod(export, handler(kept))
        .build();
  }

  private ServerCallHandler<byte[], byte[]> handler(List<Received> kept) {
    return (call, headers) -> {
      call.request(2);
      return new ServerCall.Listener<>() {
        @Override
        public void onMessage(byte[] body) {
          answer(call, take(kept, "grpc", String.valueOf(headers.get(AUTHORIZATION)), body));
        }
      };
    };
  }

  private static void answer(ServerCall<byte[], byte[]> call, Answer answer) {
    switch (answer) {
      case ACCEPT -> {
        call.sendHeaders(new Metadata());
        call.sendMessage(new byte[0]);
        call.close(Status.OK, new Metadata());
      }
      case REFUSE -> call.close(Status.INVALID_ARGUMENT, new Metadata());
      case UNAVAILABLE -> call.close(Status.UNAVAILABLE, new Metadata());
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    grpc.shutdownNow();
    http.stop(0);
    threads.shutdownNow();
  }
}
