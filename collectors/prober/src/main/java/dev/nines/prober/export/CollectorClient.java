// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.export;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Posts to {@code /v1/traces} once. */
public final class CollectorClient implements AutoCloseable {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** Beyond what a collector gives Kafka to acknowledge. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** As the OTLP specification lists them. */
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

  private static final int TEXT_MAX = 200;

  private final URI traces;
  private final Optional<String> token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(CONNECT_TIMEOUT)
          .version(HttpClient.Version.HTTP_1_1)
          .build();

  /**
   * @param collector for example {@code http://127.0.0.1:4318}
   * @param token sent as bearer
   */
  public CollectorClient(URI collector, Optional<String> token) {
    this.traces = URI.create(collector.toString().replaceFirst("/+$", "") + "/v1/traces");
    this.token = token;
  }

  Answer send(byte[] body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(traces)
            .timeout(ANSWER_TIMEOUT)
            .header("Content-Type", "application/x-protobuf")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    try {
      return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (ConnectException | HttpConnectTimeoutException e) {
      return new Answer.Later("not connected: " + e, false, Optional.empty());
    } catch (IOException e) {
      return new Answer.Later("no answer: " + e, true, Optional.empty());
    }
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status / 100 == 2) {
      return acknowledged(response.body());
    }
    String why = "status " + status;
    if (RETRYABLE.contains(status)) {
      Optional<Duration> after =
          response
              .headers()
              .firstValue("Retry-After")
              .filter(text -> text.matches("\\d{1,6}"))
              .map(text -> Duration.ofSeconds(Long.parseLong(text)));
      return new Answer.Later(why, true, after);
    }
    return new Answer.Refused(why);
  }

  private static Answer acknowledged(byte[] body) {
    try {
      return new Answer.Acknowledged(
          ExportTraceServiceResponse.parseFrom(body).getPartialSuccess().getRejectedSpans());
    } catch (InvalidProtocolBufferException e) {
      // 2xx is the receipt; a proxy may have written the body.
      return new Answer.Acknowledged(0);
    }
  }

  @Override
  public String toString() {
    String text = traces.toString();
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
