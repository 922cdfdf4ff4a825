// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.prober.definition.HttpCheck;
import dev.nines.prober.definition.Probe;
import dev.nines.prober.definition.Target;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.RedirectException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * One request, on a connection of its own: a kept one would hide what a new user meets. No retries,
 * no cookies, no proxy, no compression; an interrupt closes the socket.
 */
final class HttpCaller {

  private final Probe probe;
  private final HttpCheck check;
  private final TlsSocketStrategy tls;
  private final AnswerCheck answers;
  private final Lookups lookups;

  HttpCaller(
      Probe probe, HttpCheck check, TlsSocketStrategy tls, AnswerCheck answers, Lookups lookups) {
    this.probe = probe;
    this.check = check;
    this.tls = tls;
    this.answers = answers;
    this.lookups = lookups;
  }

  /**
   * @param traceparent of the run's span, so that what the target records is its child
   */
  Verdict call(Target target, String traceparent, Observation seen) {
    seen.attribute("http.request.method", check.method());
    seen.attribute("url.scheme", target.address().getScheme());
    String path = target.address().getPath();
    seen.attribute("url.path", path.isEmpty() ? "/" : path);
    HttpUriRequestBase request = request(target, traceparent);
    HttpClientContext context = HttpClientContext.create();
    CloseableHttpClient client = client(seen);
    try {
      ClassicHttpResponse response = client.executeOpen(null, request, context);
      return answers.verdict(response, context.getSSLSession(), seen);
    } catch (IOException e) {
      return new Verdict.Failed(reason(e), text(e));
    } finally {
      client.close(CloseMode.IMMEDIATE); // Whatever of the body has not been read.
    }
  }

  private HttpUriRequestBase request(Target target, String traceparent) {
    HttpUriRequestBase request = new HttpUriRequestBase(check.method(), target.address());
    check.headers().forEach(request::setHeader);
    request.setHeader("User-Agent", "nines-prober");
    request.setHeader("traceparent", traceparent);
    check.body().ifPresent(body -> request.setEntity(entity(request, body)));
    return request;
  }

  private static ByteArrayEntity entity(HttpUriRequestBase request, String body) {
    boolean typed = request.containsHeader("Content-Type");
    return new ByteArrayEntity(
        body.getBytes(UTF_8), typed ? null : ContentType.TEXT_PLAIN.withCharset(UTF_8));
  }

  private CloseableHttpClient client(Observation seen) {
    BasicHttpClientConnectionManager connections =
        new BasicHttpClientConnectionManager(new TimedOperator(seen, lookups, tls), null);
    // The run's deadline cuts first, and can be told from a lost connection.
    Timeout beyond = Timeout.of(probe.timeout().plus(Duration.ofSeconds(1)));
    connections.setConnectionConfig(
        ConnectionConfig.custom().setConnectTimeout(beyond).setSocketTimeout(beyond).build());
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setRequestExecutor(
            new HttpRequestExecutor(
                Http1Config.DEFAULT,
                DefaultConnectionReuseStrategy.INSTANCE,
                new TimedOperator.Listener(seen)))
        .setConnectionReuseStrategy((request, response, context) -> false)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setRedirectsEnabled(check.maxRedirects() > 0)
                .setMaxRedirects(check.maxRedirects())
                .setResponseTimeout(beyond)
                .build())
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  private static Reason reason(IOException failure) {
    return switch (failure) {
      case UnknownHostException _ -> Reason.DNS;
      case SSLException _ -> Reason.TLS;
      case SocketTimeoutException _ -> Reason.TIMEOUT;
      case ConnectException _, NoRouteToHostException _ -> Reason.CONNECT;
      default ->
          failure.getCause() instanceof RedirectException ? Reason.REDIRECTS : Reason.CONNECTION;
    };
  }

  private static String text(IOException failure) {
    return Optional.ofNullable(failure.getMessage()).orElse(failure.getClass().getSimpleName());
  }
}
