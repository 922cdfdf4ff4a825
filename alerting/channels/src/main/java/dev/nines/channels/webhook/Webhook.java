// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.webhook;

import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Posts JSON with headers {@code X-Nines-Timestamp} (epoch seconds), {@code X-Nines-Signature} and
 * {@code Idempotency-Key}. A 2xx is the provider's receipt; its body is not read.
 *
 * <p>Each request has a connection of its own: a kept connection that the provider closed while
 * idle would make the first page after a quiet hour ambiguous.
 */
public final class Webhook {

  public static final Duration DEADLINE = Duration.ofSeconds(5);

  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(3);

  private final InstantSource clock;
  private final Duration deadline;

  /**
   * @param secret key of the signature
   */
  public record Endpoint(URI url, String secret) {

    @Override
    public String toString() {
      return url.toString();
    }
  }

  public Webhook(InstantSource clock) {
    this(clock, DEADLINE);
  }

  Webhook(InstantSource clock, Duration deadline) {
    this.clock = clock;
    this.deadline = deadline;
  }

  /**
   * Sends once, within the deadline.
   *
   * @param idempotencyKey the same for each attempt of one page
   * @param body JSON
   */
  public SendResult send(Endpoint endpoint, String idempotencyKey, String body) {
    HttpRequest request = request(endpoint, idempotencyKey, body);
    HttpClient client = client();
    try {
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      return Answer.of(answer.statusCode(), answer.headers(), clock.instant());
    } catch (HttpConnectTimeoutException | ConnectException | SSLHandshakeException e) {
      return new Unavailable(Optional.empty(), "not connected: " + e);
    } catch (HttpTimeoutException e) {
      return new Ambiguous("no answer within " + deadline.toMillis() + " ms");
    } catch (IOException e) {
      return new Ambiguous("connection lost: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Ambiguous("interrupted");
    } finally {
      client.shutdownNow();
    }
  }

  private HttpRequest request(Endpoint endpoint, String idempotencyKey, String body) {
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    return HttpRequest.newBuilder(endpoint.url())
        .timeout(deadline)
        .header("Content-Type", "application/json")
        .header("User-Agent", "nines")
        .header("Idempotency-Key", idempotencyKey)
        .header("X-Nines-Timestamp", timestamp)
        .header("X-Nines-Signature", Signature.of(endpoint.secret(), timestamp, body))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private HttpClient client() {
    Duration connect = deadline.compareTo(CONNECT_DEADLINE) < 0 ? deadline : CONNECT_DEADLINE;
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connect)
        .build();
  }
}
