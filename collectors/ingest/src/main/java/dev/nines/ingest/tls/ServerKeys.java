// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The collector's certificate and key. Files that changed are read again at the next handshake, at
 * most every ten seconds; until they can be read and fit each other, the last good ones are shown
 * to clients, and {@link #complaint} says so.
 */
public final class ServerKeys extends X509ExtendedKeyManager {

  private static final String ALIAS = "collector";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  /** Who renews certificates does so long before. */
  private static final Duration EXPIRES_SOON = Duration.ofDays(3);

  private final TlsFiles files;
  private final InstantSource clock;
  private Instant lookedAt;
  private Identity identity;
  private @Nullable String complaint;

  /**
   * @param stamps times of the files that it was read from
   */
  private record Identity(X509Certificate[] chain, PrivateKey key, List<FileTime> stamps) {}

  /**
   * @throws TlsException when the files cannot be used
   */
  public ServerKeys(TlsFiles files, InstantSource clock) {
    this.files = files;
    this.clock = clock;
    lookedAt = clock.instant();
    identity = read(stamps());
  }

  /** Empty when well, else one line: files that cannot be used, or a certificate that ends. */
  public synchronized Optional<String> complaint() {
    current();
    Instant end = ends();
    if (complaint == null && end.isBefore(clock.instant().plus(EXPIRES_SOON))) {
      return Optional.of("the certificate " + files.certificate() + " ends at " + end);
    }
    return Optional.ofNullable(complaint);
  }

  /** When the certificate that is shown ends. */
  public synchronized Instant ends() {
    return current().chain[0].getNotAfter().toInstant();
  }

  private synchronized Identity current() {
    Instant now = clock.instant();
    if (now.isBefore(lookedAt.plus(LOOK_EVERY))) {
      return identity;
    }
    lookedAt = now;
    try {
      List<FileTime> stamps = stamps();
      if (complaint != null || !stamps.equals(identity.stamps)) {
        identity = read(stamps);
        complaint = null;
      }
    } catch (TlsException e) {
      complaint = "TLS goes on with the certificate it had: " + e.getMessage();
    }
    return identity;
  }

  private Identity read(List<FileTime> stamps) {
    X509Certificate[] chain = Pem.certificates(files.certificate());
    PrivateKey key = Pem.key(files.key());
    if (!KeyPairs.fit(chain[0].getPublicKey(), key)) {
      throw new TlsException(files.key() + " is not the key of " + files.certificate());
    }
    return new Identity(chain, key, stamps);
  }

  private List<FileTime> stamps() {
    return List.of(stamp(files.certificate()), stamp(files.key()));
  }

  private static FileTime stamp(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new TlsException("cannot read " + file + ": " + e);
    }
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return fits(keyType) ? ALIAS : null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return fits(keyType) ? ALIAS : null;
  }

  private boolean fits(String keyType) {
    String algorithm = current().chain[0].getPublicKey().getAlgorithm();
    return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_");
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return fits(keyType) ? new String[] {ALIAS} : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    X509Certificate[] chain = current().chain;
    return alias.equals(ALIAS) ? Arrays.copyOf(chain, chain.length) : null;
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return alias.equals(ALIAS) ? current().key : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
