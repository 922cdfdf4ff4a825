// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.BenchFailedException;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** OTLP by gRPC with the token of a tenant. A batch that is put off is sent again, as it must. */
final class SpanClient implements AutoCloseable {

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
  private static final int ATTEMPTS_MAX = 300;

  private final ManagedChannel channel;
  private final TraceServiceGrpc.TraceServiceBlockingStub stub;
  private final InstantSource clock;

  SpanClient(URI collector, String token, InstantSource clock) {
    this.clock = clock;
    channel =
        NettyChannelBuilder.forAddress(collector.getHost(), collector.getPort())
            .usePlaintext()
            .build();
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    stub =
        TraceServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** When the answer was there, epoch milliseconds. */
  long send(ExportTraceServiceRequest batch) {
    for (int attempt = 1; ; attempt++) {
      try {
        ExportTraceServiceResponse response = stub.export(batch);
        long acknowledged = clock.millis();
        if (response.getPartialSuccess().getRejectedSpans() > 0) {
          throw new BenchFailedException(response.getPartialSuccess().getErrorMessage());
        }
        return acknowledged;
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNAVAILABLE || attempt == ATTEMPTS_MAX) {
          throw new BenchFailedException("a batch was refused: " + e.getMessage());
        }
        LockSupport.parkNanos(AGAIN_AFTER.toNanos());
      }
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
