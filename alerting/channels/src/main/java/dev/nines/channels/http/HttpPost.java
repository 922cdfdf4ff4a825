// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.channels.ConnectionFailure;
import dev.nines.channels.Deadline;
import dev.nines.channels.NetworkRules.Gate;
import dev.nines.channels.SendResult;
import dev.nines.channels.SendResult.Ambiguous;
import dev.nines.channels.SendResult.Reason;
import dev.nines.channels.SendResult.Refused;
import dev.nines.channels.SendResult.Unavailable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts once, within a deadline that covers all from the name's resolution to the answer's body.
 *
 * <p>Each request has a connection of its own: a kept connection that the provider closed while
 * idle would make the first page after a quiet hour ambiguous. The client resolves a name through
 * {@link GatedResolver}, so that the address that was judged is the one that is connected to.
 */
public final class HttpPost {

  private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(3);
  private static final int BODY_MAX = 8 << 10;

  private final Duration deadline;
  private final TlsSocketStrategy tls = DefaultClientTlsStrategy.createSystemDefault();

  /** How it ended. */
  public sealed interface Result {
    /** The provider answered. */
    record Answered(HttpAnswer answer) implements Result {}

    /** It did not. */
    record Failed(SendResult result) implements Result {}
  }

  public HttpPost(Duration deadline) {
    this.deadline = deadline;
  }

  /**
   * @param gate judges each address that the host has
   */
  public Result send(Gate gate, URI url, Map<String, String> headers, String body) {
    OutgoingBody outgoing = new OutgoingBody(body);
    var request = new org.apache.hc.client5.http.classic.methods.HttpPost(url);
    headers.forEach(request::setHeader);
    request.setHeader("User-Agent", "nines");
    request.setEntity(outgoing);
    GatedResolver resolver = new GatedResolver(gate, url);
    CloseableHttpClient client = client(resolver);
    Deadline cut =
        Deadline.in(
            deadline,
            () -> {
              resolver.close();
              client.close(CloseMode.IMMEDIATE);
            });
    try (cut) {
      ClassicHttpResponse response = client.executeOpen(null, request, null);
      return new Result.Answered(answer(response));
    } catch (IOException | IllegalStateException e) {
      return new Result.Failed(failure(e, outgoing.left(), cut.passed()));
    } finally {
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private SendResult failure(Exception e, boolean left, boolean late) {
    if (e instanceof GatedResolver.Forbidden) {
      return new Refused(Reason.FORBIDDEN_ADDRESS, String.valueOf(e.getMessage()));
    }
    String detail =
        late ? "no answer within " + deadline.toMillis() + " ms" : ConnectionFailure.words(e);
    return left
        ? new Ambiguous(late ? detail : "connection lost: " + detail)
        : new Unavailable(Optional.empty(), "not connected: " + detail);
  }

  private static HttpAnswer answer(ClassicHttpResponse response) {
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(
          header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
    }
    return new HttpAnswer(response.getCode(), headers, body(response.getEntity()));
  }

  /** The status is the receipt: a body that breaks off takes nothing from it. */
  private static String body(HttpEntity entity) {
    byte[] bytes = new byte[BODY_MAX];
    int length = 0;
    try (InputStream stream =
        entity == null ? InputStream.nullInputStream() : entity.getContent()) {
      int read = 0;
      while (read >= 0 && length < BODY_MAX) {
        length += read;
        read = stream.read(bytes, length, BODY_MAX - length);
      }
    } catch (IOException | IllegalStateException e) {
      return new String(bytes, 0, length, UTF_8);
    }
    return new String(bytes, 0, length, UTF_8);
  }

  private CloseableHttpClient client(GatedResolver resolver) {
    Duration connect = deadline.compareTo(CONNECT_DEADLINE) < 0 ? deadline : CONNECT_DEADLINE;
    ConnectionConfig config =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(connect))
            // The deadline cuts first, and can be told from a lost connection.
            .setSocketTimeout(Timeout.of(deadline.multipliedBy(2)))
            .build();
    return HttpClientBuilder.create()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setTlsSocketStrategy(tls)
                .setDefaultConnectionConfig(config)
                .build())
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }
}
