// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.prober.definition.GrpcCheck;
import dev.nines.prober.definition.TlsRules;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against gRPC's own health service. */
class GrpcProbeTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final HealthStatusManager HEALTH = new HealthStatusManager();

  @TempDir private static Path folder;
  private static Server plain;
  private static Server secure;
  private static Server silent;
  private static Server without;
  private static Certificates certificate;
  private static Certificates other;

  @BeforeAll
  static void serve() throws Exception {
    HEALTH.setStatus("shop.Cart", ServingStatus.SERVING);
    HEALTH.setStatus("shop.Search", ServingStatus.NOT_SERVING);
    plain = builder().addService(HEALTH.getHealthService()).build().start();
    certificate = Certificates.make(folder, "good", "dns:localhost");
    other = Certificates.make(folder, "other", "dns:localhost");
    secure =
        builder()
            .sslContext(
                GrpcSslContexts.configure(SslContextBuilder.forServer(certificate.keys())).build())
            .addService(HEALTH.getHealthService())
            .build()
            .start();
    silent =
        builder().addService(HEALTH.getHealthService()).intercept(new Silence()).build().start();
    without = builder().build().start();
  }

  private static NettyServerBuilder builder() {
    return NettyServerBuilder.forAddress(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterAll
  static void stop() {
    plain.shutdownNow();
    secure.shutdownNow();
    silent.shutdownNow();
    without.shutdownNow();
  }

  @Test
  void aServiceThatServesPasses() throws Exception {
    OneRun run = plain(plain, "shop.Cart");
    assertThat(run.outcome()).isEqualTo("passed");
    assertThat(run.attributes())
        .containsEntry("probe.kind", "grpc")
        .containsEntry("rpc.system", "grpc")
        .containsEntry("rpc.service", "grpc.health.v1.Health")
        .containsEntry("rpc.method", "Check")
        .containsEntry("rpc.grpc.status_code", 0L)
        .containsEntry("server.address", "127.0.0.1")
        .containsEntry("server.port", (long) plain.getPort());
    assertThat(run.phases()).containsExactly("connect", "dns", "first_byte");
    assertThat(plain(plain, "").outcome()).isEqualTo("passed");
  }

  @Test
  void oneThatDoesNotServeOrIsNotKnownFails() throws Exception {
    OneRun notServing = plain(plain, "shop.Search");
    assertThat(notServing.outcome()).isEqualTo("not_serving");
    assertThat(notServing.message()).isEqualTo("not_serving: status NOT_SERVING");
    OneRun unknown = plain(plain, "shop.Nothing");
    assertThat(unknown.outcome()).isEqualTo("rpc");
    assertThat(unknown.attributes()).containsEntry("rpc.grpc.status_code", 5L);
    OneRun unimplemented = plain(without, "");
    assertThat(unimplemented.outcome()).isEqualTo("rpc");
    assertThat(unimplemented.attributes()).containsEntry("rpc.grpc.status_code", 12L);
  }

  @Test
  void oneThatNeverAnswersEndsAtTheDeadline() throws Exception {
    OneRun run =
        OneRun.of(
            TestProbes.grpc(
                "127.0.0.1:" + silent.getPort(),
                Duration.ofMillis(500),
                new GrpcCheck("", true, TlsRules.DEFAULT)));
    assertThat(run.outcome()).isEqualTo("timeout");
    assertThat(run.phases()).containsExactly("connect", "dns", "first_byte");
  }

  @Test
  void aPortThatNobodyListensOnIsRefused() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    OneRun run =
        OneRun.of(
            TestProbes.grpc("127.0.0.1:" + port, LONG, new GrpcCheck("", true, TlsRules.DEFAULT)));
    assertThat(run.outcome()).isEqualTo("connect");
    assertThat(run.phases()).containsExactly("connect", "dns");
  }

  @Test
  void theCertificateIsChecked() throws Exception {
    OneRun trusted = secure(certificate);
    assertThat(trusted.outcome()).isEqualTo("passed");
    assertThat(trusted.phases()).containsExactly("connect", "dns", "first_byte", "tls");
    assertThat(secure(other).outcome()).isEqualTo("tls");
  }

  private static OneRun plain(Server server, String service) throws Exception {
    return OneRun.of(
        TestProbes.grpc(
            "127.0.0.1:" + server.getPort(), LONG, new GrpcCheck(service, true, TlsRules.DEFAULT)));
  }

  private static OneRun secure(Certificates trusted) throws Exception {
    TlsRules rules = new TlsRules(Optional.of(trusted.pem()), Optional.empty());
    return OneRun.of(
        TestProbes.grpc("localhost:" + secure.getPort(), LONG, new GrpcCheck("", false, rules)));
  }

  /** Takes calls and never answers them. */
  private static final class Silence implements ServerInterceptor {

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, io.grpc.Metadata headers, ServerCallHandler<Q, A> next) {
      return new ServerCall.Listener<>() {};
    }
  }
}
