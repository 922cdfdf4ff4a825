// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nines.embedded.KafkaProcess;
import dev.nines.ingest.tls.Authority;
import dev.nines.ingest.tls.Authority.Issued;
import dev.nines.ingest.tls.ServerTls;
import dev.nines.ingest.tls.TlsFiles;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both doors with TLS that asks clients for certificates, into a real Kafka. */
class TlsTest {

  @TempDir static Path folder;
  private static KafkaProcess kafka;
  private static Authority authority;
  private static Issued agent;
  private static Issued stranger;
  private static Edge edge;

  @BeforeAll
  static void start() throws Exception {
    authority = new Authority(folder.resolve("ours"));
    Issued server = authority.issue("collector", "EC", 30);
    agent = authority.issue("agent", "RSA", 30);
    stranger = new Authority(folder.resolve("another")).issue("stranger", "EC", 30);
    TlsFiles files = new TlsFiles(server.certificate(), server.key(), Optional.of(authority.pem()));
    kafka = KafkaProcess.start(folder.resolve("kafka"));
    edge =
        new Edge(
            kafka.bootstrapServers(),
            "tls",
            false,
            IngestLimits.DEFAULT,
            new ServerTls(files, Clock.systemUTC()));
    await().atMost(Duration.ofSeconds(30)).until(() -> edge.collector.check().isEmpty());
  }

  @AfterAll
  static void stop() {
    edge.close();
    kafka.close();
  }

  @Test
  void aClientWithACertificateIsServedAtBothDoors() throws Exception {
    assertThat(post(agent, "https")).isEqualTo(200);
    assertThat(export(agent)).isEmpty();
  }

  /** The token alone is not enough. */
  @Test
  void aClientWithoutOneOrWithAnothersGetsNoConnection() throws Exception {
    for (Issued shown : new Issued[] {null, stranger}) {
      assertThatThrownBy(() -> post(shown, "https")).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> export(shown))
          .isInstanceOf(StatusRuntimeException.class)
          .extracting(e -> ((StatusRuntimeException) e).getStatus().getCode())
          .isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void nothingIsSaidInTheClear() {
    assertThatThrownBy(() -> post(agent, "http")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> edge.export(new byte[0])).isInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void aCertificateDoesNotStandForAToken() throws Exception {
    HttpRequest without = request("https").POST(BodyPublishers.noBody()).build();
    assertThat(client(agent).send(without, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
  }

  private static int post(@Nullable Issued shown, String scheme) throws Exception {
    HttpRequest request =
        request(scheme)
            .header("Authorization", "Bearer " + Edge.TOKEN)
            .POST(BodyPublishers.noBody())
            .build();
    return client(shown).send(request, BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest.Builder request(String scheme) {
    String url = scheme + "://127.0.0.1:" + edge.collector.httpPort() + "/v1/traces";
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/x-protobuf");
  }

  private static HttpClient client(@Nullable Issued shown) throws Exception {
    return HttpClient.newBuilder().sslContext(authority.client(shown)).build();
  }

  private static byte[] export(@Nullable Issued shown) throws Exception {
    SslContextBuilder context =
        GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
            .trustManager(authority.pem().toFile());
    if (shown != null) {
      context.keyManager(Authority.keyManagers(shown));
    }
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", edge.collector.grpcPort())
            .sslContext(context.build())
            .build();
    try {
      return Edge.export(
          channel, "trace.v1.TraceService", new byte[0], Optional.of(Edge.TOKEN), Optional.empty());
    } finally {
      channel.shutdownNow();
    }
  }
}
