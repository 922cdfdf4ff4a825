// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import dev.nines.prober.definition.GrpcCheck;
import dev.nines.prober.definition.HttpCheck;
import dev.nines.prober.definition.Probe;
import dev.nines.prober.definition.Target;
import dev.nines.prober.definition.TlsRules;
import io.grpc.netty.GrpcSslContexts;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;

/** The checks of all probes, with what they share. Certificates are read once, at the start. */
public final class Callers implements AutoCloseable {

  /** Of one check: blocks until there is a verdict, or less long when it is interrupted. */
  private interface Caller {
    /**
     * @param traceparent W3C trace context of the run's span
     */
    Verdict call(Target target, String traceparent, Observation seen);
  }

  private final Lookups lookups = new Lookups();
  private final EventLoopGroup connections =
      new NioEventLoopGroup(1, new DefaultThreadFactory("probe-grpc", true));
  private final int bodyBytesMax;
  private final InstantSource clock;
  private final Map<String, Caller> callers = new HashMap<>();

  /**
   * @param bodyBytesMax what is read of an HTTP body
   * @throws IllegalArgumentException when certificates cannot be read
   */
  public Callers(List<Probe> probes, int bodyBytesMax, InstantSource clock) {
    this.bodyBytesMax = bodyBytesMax;
    this.clock = clock;
    for (Probe probe : probes) {
      callers.put(probe.name(), caller(probe));
    }
  }

  public Verdict call(Probe probe, Target target, String traceparent, Observation seen) {
    Caller caller = callers.get(probe.name());
    if (caller == null) {
      throw new IllegalStateException("there is no probe " + probe.name());
    }
    seen.attribute("server.address", target.host());
    seen.attribute("server.port", target.port());
    return caller.call(target, traceparent, seen);
  }

  private Caller caller(Probe probe) {
    try {
      return switch (probe.check()) {
        case HttpCheck http -> http(probe, http)::call;
        case GrpcCheck grpc ->
            new GrpcCaller(probe, grpc, grpcTls(grpc), connections, lookups)::call;
      };
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("probe " + probe.name() + ": its certificates: " + e, e);
    }
  }

  private HttpCaller http(Probe probe, HttpCheck check)
      throws IOException, GeneralSecurityException {
    return new HttpCaller(
        probe,
        check,
        new DefaultClientTlsStrategy(context(check.tls())),
        new AnswerCheck(check, bodyBytesMax, clock),
        lookups);
  }

  private static SSLContext context(TlsRules rules) throws IOException, GeneralSecurityException {
    TrustManagerFactory trust = rules.trust();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    // A resumed session would skip the handshake that the probe is to see.
    context.getClientSessionContext().setSessionCacheSize(1);
    context.getClientSessionContext().setSessionTimeout(1);
    return context;
  }

  private static Optional<SslContext> grpcTls(GrpcCheck check)
      throws IOException, GeneralSecurityException {
    return check.plaintext()
        ? Optional.empty()
        : Optional.of(GrpcSslContexts.forClient().trustManager(check.tls().trust()).build());
  }

  @Override
  public void close() {
    lookups.close();
    connections.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
  }
}
