// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.ingest.redaction.Redactor;
import dev.nines.ingest.series.SeriesLimits;
import dev.nines.ingest.series.SeriesTable;
import dev.nines.ingest.tls.ServerTls;
import dev.nines.transport.KafkaClients;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A collector under test with raw clients of both protocols. */
final class Edge implements AutoCloseable {

  static final String TOKEN = "good-token";
  static final String READ_ONLY = "read-only-token";
  static final String ELSEWHERE = "token-of-another-region";
  static final String TENANT = "acme";

  /** Before the name of any tenant, a good token of it. */
  static final String OF_TENANT = "token-of-tenant-";

  private static final TokenLookup TOKENS =
      token ->
          token.startsWith(OF_TENANT)
              ? Optional.of(new Grant(token.substring(OF_TENANT.length()), "", true))
              : Optional.ofNullable(
                  Map.of(
                          TOKEN,
                          new Grant(TENANT, "", true),
                          READ_ONLY,
                          new Grant(TENANT, "", false),
                          ELSEWHERE,
                          new Grant(TENANT, "elsewhere", true))
                      .get(token));

  final CollectorRegistry registry = new CollectorRegistry();
  final AtomicLong freeBytes = new AtomicLong(Long.MAX_VALUE);
  final CollectorHost host;
  final Collector collector;
  final HttpClient http = HttpClient.newHttpClient();
  final ManagedChannel channel;

  Edge(String bootstrapServers, String region, boolean anonymous, IngestLimits limits) {
    this(bootstrapServers, region, anonymous, limits, Redactor.DEFAULT, Guarantees.DEFAULT, null);
  }

  Edge(
      String bootstrapServers,
      String region,
      boolean anonymous,
      IngestLimits limits,
      @Nullable ServerTls tls) {
    this(bootstrapServers, region, anonymous, limits, Redactor.DEFAULT, Guarantees.DEFAULT, tls);
  }

  Edge(
      String bootstrapServers,
      String region,
      boolean anonymous,
      IngestLimits limits,
      Redactor redactor,
      Guarantees guarantees) {
    this(bootstrapServers, region, anonymous, limits, redactor, guarantees, null);
  }

  Edge(String bootstrapServers, String region, SeriesLimits series) {
    this(
        bootstrapServers,
        region,
        false,
        IngestLimits.DEFAULT,
        series,
        Redactor.DEFAULT,
        Guarantees.DEFAULT,
        null);
  }

  private Edge(
      String bootstrapServers,
      String region,
      boolean anonymous,
      IngestLimits limits,
      Redactor redactor,
      Guarantees guarantees,
      @Nullable ServerTls tls) {
    this(
        bootstrapServers,
        region,
        anonymous,
        limits,
        SeriesLimits.DEFAULT,
        redactor,
        guarantees,
        tls);
  }

  private Edge(
      String bootstrapServers,
      String region,
      boolean anonymous,
      IngestLimits limits,
      SeriesLimits series,
      Redactor redactor,
      Guarantees guarantees,
      @Nullable ServerTls tls) {
    Clock clock = Clock.systemUTC();
    host =
        new CollectorHost(
            new KafkaClients(bootstrapServers),
            TOKENS,
            new DiskReserve("/data", 1_000, freeBytes::get, clock),
            limits,
            new SeriesTable(series, clock),
            redactor,
            guarantees,
            registry,
            clock,
            IngestWatch.NONE,
            tls);
    collector =
        new Collector(
            new CollectorConfig(region, "127.0.0.1", 0, 0, region + "-1", 42, anonymous), host);
    collector.start();
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", collector.grpcPort()).usePlaintext().build();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + collector.httpPort() + path))
        .header("Content-Type", "application/x-protobuf");
  }

  HttpRequest.Builder traces() {
    return request("/v1/traces").header("Authorization", "Bearer " + TOKEN);
  }

  HttpResponse<byte[]> post(HttpRequest.Builder request, BodyPublisher body)
      throws IOException, InterruptedException {
    return http.send(request.POST(body).build(), BodyHandlers.ofByteArray());
  }

  /** Calls Export of a service; fails with the status that was on the wire. */
  byte[] export(String service, byte[] body, Optional<String> token, Optional<String> encoding) {
    return export(channel, service, body, token, encoding);
  }

  static byte[] export(
      ManagedChannel channel,
      String service,
      byte[] body,
      Optional<String> token,
      Optional<String> encoding) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("opentelemetry.proto.collector." + service + "/Export")
            .setRequestMarshaller(new BytesMarshaller())
            .setResponseMarshaller(new BytesMarshaller())
            .build();
    Metadata headers = new Metadata();
    token.ifPresent(
        value ->
            headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + value));
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS);
    return ClientCalls.blockingUnaryCall(
        io.grpc.ClientInterceptors.intercept(
            channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
        method,
        encoding.isPresent() ? options.withCompression(encoding.get()) : options,
        body);
  }

  byte[] export(byte[] body) {
    return export("trace.v1.TraceService", body, Optional.of(TOKEN), Optional.empty());
  }

  double metric(String name, String... labelsAndValues) {
    int half = labelsAndValues.length / 2;
    String[] labels = new String[half];
    String[] values = new String[half];
    for (int i = 0; i < half; i++) {
      labels[i] = labelsAndValues[2 * i];
      values[i] = labelsAndValues[2 * i + 1];
    }
    Double value = registry.getSampleValue(name, labels, values);
    return value == null ? 0 : value;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    collector.close();
    host.close();
    http.close();
  }
}
