// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Signs certificates for a test, by the JDK's keytool. */
public final class Authority {

  private static final String PASSWORD = "changeit";

  private final Path folder;
  private final Path store;

  /** A certificate that it signed, with its key. */
  public record Issued(Path certificate, Path key, KeyStore keys) {}

  public Authority(Path folder) throws Exception {
    this.folder = Files.createDirectories(folder);
    store = folder.resolve("authority.p12");
    keytool(store, "-genkeypair", "-keyalg", "EC", "-dname", "CN=authority", "-ext", "bc:c");
  }

  /** What its certificates are checked by, as PEM. */
  public Path pem() throws Exception {
    return write("authority.pem", "CERTIFICATE", certificate().getEncoded());
  }

  /**
   * @param algorithm EC, RSA or Ed25519
   */
  public Issued issue(String name, String algorithm, int days) throws Exception {
    keytool(
        store,
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        algorithm,
        "-dname",
        "CN=" + name,
        "-signer",
        "entry",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-validity",
        Integer.toString(days));
    char[] password = PASSWORD.toCharArray();
    KeyStore all = load(store);
    PrivateKey key = (PrivateKey) all.getKey(name, password);
    Certificate[] chain = all.getCertificateChain(name);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry("entry", key, password, chain);
    return new Issued(
        write(name + ".pem", "CERTIFICATE", chain[0].getEncoded()),
        write(name + ".key", "PRIVATE KEY", key.getEncoded()),
        keys);
  }

  /** Of a client that trusts this authority, and shows a certificate if it has one. */
  public SSLContext client(@Nullable Issued shown) throws Exception {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", certificate());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        shown == null ? null : keyManagers(shown).getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  public static KeyManagerFactory keyManagers(Issued shown) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(shown.keys(), PASSWORD.toCharArray());
    return keys;
  }

  private Certificate certificate() throws Exception {
    return load(store).getCertificate("entry");
  }

  private Path write(String file, String what, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n",
        US_ASCII);
  }

  private static KeyStore load(Path file) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void keytool(Path file, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    if (!command.contains("-alias")) {
      command.addAll(List.of("-alias", "entry"));
    }
    command.addAll(List.of("-keystore", file.toString(), "-storepass", PASSWORD));
    Path log = folder.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool: " + Files.readString(log));
    }
  }
}
