// SPDX-License-Identifier: Apache-2.0
package dev.nines.acceptance;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A client of one collector, by both protocols, that says what was on the wire. */
final class Otlp implements AutoCloseable {

  private static final String PROTOBUF = "application/x-protobuf";
  private static final MethodDescriptor<byte[], byte[]> EXPORT =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final URI httpUrl;
  private final ManagedChannel channel;

  Otlp(URI http, URI grpc) {
    this.httpUrl = http;
    this.channel =
        NettyChannelBuilder.forAddress(grpc.getHost(), grpc.getPort()).usePlaintext().build();
  }

  HttpResponse<String> http(byte[] body, Optional<String> token) {
    return http(body, PROTOBUF, token);
  }

  HttpResponse<String> http(byte[] body, String contentType, Optional<String> token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(httpUrl.resolve("/v1/traces"))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return Http.send(request);
  }

  Status.Code grpc(byte[] body, Optional<String> token) {
    Metadata headers = new Metadata();
    token.ifPresent(
        value ->
            headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + value));
    try {
      ClientCalls.blockingUnaryCall(
          ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
          EXPORT,
          CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
          body);
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus().getCode();
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** Bodies as they are. */
  private record Bytes() implements MethodDescriptor.Marshaller<byte[]> {

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
}
