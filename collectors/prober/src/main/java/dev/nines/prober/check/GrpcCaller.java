// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import dev.nines.prober.definition.GrpcCheck;
import dev.nines.prober.definition.Probe;
import dev.nines.prober.definition.Target;
import io.grpc.ClientInterceptor;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code grpc.health.v1.Health/Check}, on a connection of its own to the first address that the
 * name has. No retries, no proxy; an interrupt cancels the call.
 */
final class GrpcCaller {

  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);
  private static final int ANSWER_BYTES_MAX = 64 << 10;
  private static final int CAUSES_MAX = 10;

  private final Probe probe;
  private final GrpcCheck check;
  private final Optional<SslContext> tls;
  private final EventLoopGroup connections;
  private final Lookups lookups;

  /**
   * @param tls empty for plain text
   */
  GrpcCaller(
      Probe probe,
      GrpcCheck check,
      Optional<SslContext> tls,
      EventLoopGroup connections,
      Lookups lookups) {
    this.probe = probe;
    this.check = check;
    this.tls = tls;
    this.connections = connections;
    this.lookups = lookups;
  }

  /**
   * @param traceparent of the run's span, so that what the target records is its child
   */
  Verdict call(Target target, String traceparent, Observation seen) {
    seen.attribute("rpc.system", "grpc");
    seen.attribute("rpc.service", HealthGrpc.SERVICE_NAME);
    seen.attribute("rpc.method", "Check");
    seen.enter(Phase.DNS);
    InetSocketAddress address;
    try {
      address = new InetSocketAddress(lookups.resolve(target.host())[0], target.port());
    } catch (UnknownHostException e) {
      return new Verdict.Failed(Reason.DNS, String.valueOf(e.getMessage()));
    }
    seen.enter(Phase.CONNECT);
    ManagedChannel channel = channel(address, target, seen);
    watch(channel, seen);
    try {
      return check(channel, traceparent, seen);
    } finally {
      channel.shutdownNow();
    }
  }

  private Verdict check(ManagedChannel channel, String traceparent, Observation seen) {
    Metadata headers = new Metadata();
    headers.put(TRACEPARENT, traceparent);
    ClientInterceptor attach = MetadataUtils.newAttachHeadersInterceptor(headers);
    HealthCheckRequest request =
        HealthCheckRequest.newBuilder().setService(check.service()).build();
    try {
      HealthCheckResponse answer =
          HealthGrpc.newBlockingStub(channel)
              .withInterceptors(attach)
              .withDeadlineAfter(probe.timeout().toNanos(), TimeUnit.NANOSECONDS)
              .check(request);
      seen.attribute("rpc.grpc.status_code", Status.Code.OK.value());
      return answer.getStatus() == ServingStatus.SERVING
          ? new Verdict.Passed()
          : new Verdict.Failed(Reason.NOT_SERVING, "status " + answer.getStatus());
    } catch (StatusRuntimeException e) {
      seen.attribute("rpc.grpc.status_code", e.getStatus().getCode().value());
      return new Verdict.Failed(reason(e.getStatus()), e.getStatus().toString());
    }
  }

  private ManagedChannel channel(InetSocketAddress address, Target target, Observation seen) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address)
            .overrideAuthority(target.address().getRawAuthority())
            .eventLoopGroup(connections)
            .channelFactory(() -> timed(seen))
            .directExecutor()
            .proxyDetector(any -> null)
            .disableRetry()
            .disableServiceConfigLookUp()
            .userAgent("nines-prober")
            .maxInboundMessageSize(ANSWER_BYTES_MAX);
    return tls.isPresent() ? builder.sslContext(tls.get()).build() : builder.usePlaintext().build();
  }

  /** Notes when TCP is connected. */
  private NioSocketChannel timed(Observation seen) {
    NioSocketChannel channel = new NioSocketChannel();
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelActive(ChannelHandlerContext context) {
                seen.enter(tls.isPresent() ? Phase.TLS : Phase.FIRST_BYTE);
                context.fireChannelActive();
              }
            });
    return channel;
  }

  /** Notes when the transport is ready: TLS, and the settings of HTTP/2, are done. */
  private static void watch(ManagedChannel channel, Observation seen) {
    ConnectivityState state = channel.getState(false);
    switch (state) {
      case READY -> seen.enter(Phase.FIRST_BYTE);
      case IDLE, CONNECTING -> channel.notifyWhenStateChanged(state, () -> watch(channel, seen));
      case TRANSIENT_FAILURE, SHUTDOWN -> {}
    }
  }

  private static Reason reason(Status status) {
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED -> Reason.TIMEOUT;
      case UNAVAILABLE -> unavailable(status.getCause());
      default -> Reason.RPC;
    };
  }

  /** Of the transport where it has a cause, else the server's own answer. */
  private static Reason unavailable(@Nullable Throwable failure) {
    @Nullable Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      if (cause instanceof SSLException) {
        return Reason.TLS;
      }
      if (cause instanceof ConnectException) {
        return Reason.CONNECT;
      }
      cause = cause.getCause();
    }
    return failure == null ? Reason.RPC : Reason.CONNECTION;
  }
}
