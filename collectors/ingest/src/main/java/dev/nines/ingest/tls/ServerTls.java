// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 and 1.3 for both doors of a collector; with authorities for clients, mutual. */
public final class ServerTls {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final ServerKeys keys;
  private final @Nullable TrustManagerFactory clients;

  /**
   * @throws TlsException when a file cannot be used
   */
  public ServerTls(TlsFiles files, InstantSource clock) {
    keys = new ServerKeys(files, clock);
    clients = files.clientAuthorities().map(file -> trust(Pem.certificates(file))).orElse(null);
  }

  private static TrustManagerFactory trust(X509Certificate[] authorities) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (int i = 0; i < authorities.length; i++) {
        store.setCertificateEntry("authority-" + i, authorities[i]);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK cannot hold certificates", e);
    }
  }

  /** Empty when well, else one line. */
  public Optional<String> complaint() {
    return keys.complaint();
  }

  /** When the certificate that is shown ends. */
  public Instant ends() {
    return keys.ends();
  }

  /** For gRPC. */
  public SslContext grpc() {
    try {
      SslContextBuilder builder =
          GrpcSslContexts.configure(SslContextBuilder.forServer(keys), SslProvider.JDK)
              .protocols(PROTOCOLS);
      if (clients != null) {
        builder.trustManager(clients).clientAuth(ClientAuth.REQUIRE);
      }
      return builder.build();
    } catch (SSLException e) {
      throw new IllegalStateException("TLS for gRPC", e);
    }
  }

  /** For HTTP. */
  public HttpsConfigurator http() {
    return new HttpsConfigurator(context()) {
      @Override
      public void configure(HttpsParameters parameters) {
        SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
        wanted.setProtocols(PROTOCOLS);
        wanted.setNeedClientAuth(clients != null);
        parameters.setSSLParameters(wanted);
      }
    };
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trusted = clients == null ? null : clients.getTrustManagers();
      context.init(new KeyManager[] {keys}, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }
}
