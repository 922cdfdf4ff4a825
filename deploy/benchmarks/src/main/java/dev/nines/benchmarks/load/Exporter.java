// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.load;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.Codec;
import io.grpc.CompressorRegistry;
import io.grpc.KnownLength;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** OTLP by gRPC over a few connections; bodies go out as they are. */
final class Exporter implements AutoCloseable {

  /** As of a few agents that share one collector. */
  private static final int CONNECTIONS = 4;

  private static final MethodDescriptor<byte[], byte[]> EXPORT =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("opentelemetry.proto.collector.trace.v1.TraceService/Export")
          .setRequestMarshaller(new Bytes())
          .setResponseMarshaller(new Bytes())
          .build();

  private final CallOptions options;
  private final int unansweredMax;
  private final Semaphore unanswered;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private int next;

  /**
   * @param unansweredMax beyond this many without an answer the next batch waits, and the generator
   *     falls behind
   */
  Exporter(int port, Encoding encoding, int unansweredMax) {
    this.unansweredMax = unansweredMax;
    unanswered = new Semaphore(unansweredMax);
    options =
        switch (encoding) {
          case PLAIN -> CallOptions.DEFAULT;
          case GZIP -> CallOptions.DEFAULT.withCompression(Encoding.GZIP.word());
        };
    CompressorRegistry compressed = CompressorRegistry.newEmptyInstance();
    compressed.register(new Ready());
    for (int i = 0; i < CONNECTIONS; i++) {
      channels.add(
          NettyChannelBuilder.forAddress("127.0.0.1", port)
              .usePlaintext()
              .directExecutor()
              .compressorRegistry(compressed)
              .build());
    }
  }

  /** Until there is room for one more; by one thread. */
  void awaitRoom() throws InterruptedException {
    unanswered.acquire();
  }

  /** By the thread that has waited for room. */
  void send(byte[] body, Fate fate) {
    ManagedChannel channel = channels.get(next++ % CONNECTIONS);
    ClientCalls.asyncUnaryCall(channel.newCall(EXPORT, options), body, new Answered(fate));
  }

  /** True when every batch has its answer, false when the time is over before. */
  boolean awaitAnswers(long seconds) throws InterruptedException {
    boolean all = unanswered.tryAcquire(unansweredMax, seconds, TimeUnit.SECONDS);
    if (all) {
      unanswered.release(unansweredMax);
    }
    return all;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** One batch is answered once: by a value and an end, or by an error. */
  private final class Answered implements StreamObserver<byte[]> {

    private final Fate fate;
    private String fault = "no response";

    Answered(Fate fate) {
      this.fate = fate;
    }

    @Override
    public void onNext(byte[] response) {
      try {
        long rejected =
            ExportTraceServiceResponse.parseFrom(response).getPartialSuccess().getRejectedSpans();
        fault = rejected == 0 ? "" : rejected + " spans were rejected";
      } catch (InvalidProtocolBufferException e) {
        fault = "the response is malformed: " + e.getMessage();
      }
    }

    @Override
    public void onError(Throwable failure) {
      fate.refused(failure.toString());
      unanswered.release();
    }

    @Override
    public void onCompleted() {
      if (fault.isEmpty()) {
        fate.acknowledged();
      } else {
        fate.refused(fault);
      }
      unanswered.release();
    }
  }

  /** Says gzip and leaves the bytes alone: they are compressed already. */
  private static final class Ready implements Codec {

    @Override
    public String getMessageEncoding() {
      return Encoding.GZIP.word();
    }

    @Override
    public OutputStream compress(OutputStream out) {
      return out;
    }

    @Override
    public InputStream decompress(InputStream in) {
      throw new UnsupportedOperationException("responses are not compressed");
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

    @Override
    public InputStream stream(byte[] value) {
      return new Known(value);
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

  /** gRPC copies a body of known length once. */
  private static final class Known extends ByteArrayInputStream implements KnownLength {

    Known(byte[] bytes) {
      super(bytes);
    }
  }
}
