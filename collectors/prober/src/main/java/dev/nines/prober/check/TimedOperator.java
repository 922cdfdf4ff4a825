// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.impl.Http1StreamListener;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Opens the connections of one run and notes when each phase begins. */
final class TimedOperator extends DefaultHttpClientConnectionOperator {

  private final Observation seen;

  TimedOperator(Observation seen, Lookups lookups, TlsSocketStrategy tls) {
    super(
        null,
        new Resolver(seen, lookups),
        RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
    this.seen = seen;
  }

  @Override
  protected void onBeforeSocketConnect(HttpContext context, HttpHost endpoint) {
    seen.enter(Phase.CONNECT);
  }

  @Override
  protected void onBeforeTlsHandshake(HttpContext context, HttpHost endpoint) {
    seen.enter(Phase.TLS);
  }

  private record Resolver(Observation seen, Lookups lookups) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      seen.enter(Phase.DNS);
      return lookups.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /** The exchange on an open connection. */
  record Listener(Observation seen) implements Http1StreamListener {

    @Override
    public void onRequestHead(HttpConnection connection, HttpRequest request) {
      seen.enter(Phase.FIRST_BYTE);
    }

    @Override
    public void onResponseHead(HttpConnection connection, HttpResponse response) {
      seen.enter(Phase.BODY);
    }

    @Override
    public void onExchangeComplete(HttpConnection connection, boolean keepAlive) {}
  }
}
