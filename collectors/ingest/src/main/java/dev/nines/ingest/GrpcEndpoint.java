// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.telemetry.Signal;
import io.grpc.DecompressorRegistry;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** OTLP/gRPC: traces and metrics; logs are answered by a partial success that keeps none. */
final class GrpcEndpoint implements AutoCloseable {

  private static final String PACKAGE = "opentelemetry.proto.collector.";
  private static final int CALLS_PER_CONNECTION = 128;
  private static final int LAST_ANSWERS_SECONDS = 2;

  private final CollectorConfig config;
  private final CollectorHost host;
  private final BodyMarshaller bodies;
  private final Gate gate;
  private @Nullable Server server;

  GrpcEndpoint(CollectorConfig config, Gate gate, CollectorHost host) {
    this.config = config;
    this.host = host;
    bodies = new BodyMarshaller(host.limits.maxBodyBytes(), host.inFlight);
    this.gate = gate;
  }

  void start() {
    InetSocketAddress address = new InetSocketAddress(config.bindHost(), config.grpcPort());
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address)
            .bossEventLoopGroup(host.acceptors)
            .workerEventLoopGroup(host.connections)
            .channelType(NioServerSocketChannel.class)
            .executor(host.threads)
            .maxInboundMessageSize(host.limits.maxBodyBytes())
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .decompressorRegistry(Zstd.beside(DecompressorRegistry.getDefaultInstance()))
            .addStreamTracerFactory(new WireBytes(host.inFlight))
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(service("trace.v1.TraceService", calls(Signal.TRACES)))
            .addService(service("metrics.v1.MetricsService", calls(Signal.METRICS)))
            .addService(service("logs.v1.LogsService", calls(Signal.LOGS)));
    if (host.tls != null) {
      builder.sslContext(host.tls.grpc());
    }
    try {
      server = builder.build().start();
    } catch (IOException e) {
      throw new IllegalStateException("cannot listen for OTLP/gRPC on " + address, e);
    }
  }

  int port() {
    return server == null ? config.grpcPort() : server.getPort();
  }

  @Override
  public void close() {
    if (server == null) {
      return;
    }
    server.shutdown();
    try {
      if (!server.awaitTermination(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private ServerServiceDefinition service(
      String name, ServerCallHandler<Received, byte[]> handler) {
    MethodDescriptor<Received, byte[]> export =
        MethodDescriptor.<Received, byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(PACKAGE + name, "Export"))
            .setRequestMarshaller(bodies)
            .setResponseMarshaller(new BytesMarshaller())
            .build();
    return ServerServiceDefinition.builder(PACKAGE + name).addMethod(export, handler).build();
  }

  private ExportCalls calls(Signal signal) {
    return new ExportCalls(signal, gate, host.limits);
  }
}
