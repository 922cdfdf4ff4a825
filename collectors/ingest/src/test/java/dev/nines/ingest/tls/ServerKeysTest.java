// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.ingest.tls.Authority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerKeysTest {

  @TempDir static Path shared;
  private static Issued first;
  private static Issued renewed;
  private static Issued rsa;

  @TempDir Path folder;
  private Instant now = Instant.now();

  @BeforeAll
  static void issue() throws Exception {
    Authority authority = new Authority(shared);
    first = authority.issue("first", "EC", 10);
    renewed = authority.issue("renewed", "EC", 90);
    rsa = authority.issue("rsa", "RSA", 10);
  }

  @Test
  void renewedFilesAreShownWithoutARestart() throws IOException {
    ServerKeys keys = keys(first);
    assertThat(shown(keys)).isEqualTo(certificate(first));
    put(renewed);
    assertThat(shown(keys)).as("looks every ten seconds").isEqualTo(certificate(first));
    now = now.plusSeconds(11);
    assertThat(shown(keys)).isEqualTo(certificate(renewed));
    assertThat(keys.complaint()).isEmpty();
  }

  @Test
  void filesThatCannotBeUsedLeaveTheLastGoodOnesAndAreTold() throws IOException {
    ServerKeys keys = keys(first);
    Files.writeString(folder.resolve("tls.key"), "none");
    touch();
    now = now.plusSeconds(11);
    assertThat(shown(keys)).isEqualTo(certificate(first));
    assertThat(keys.complaint()).get().asString().contains("holds no unencrypted key");
    Files.delete(folder.resolve("tls.key"));
    now = now.plusSeconds(11);
    assertThat(keys.complaint()).get().asString().contains("cannot read");
    put(rsa);
    now = now.plusSeconds(11);
    assertThat(keys.complaint()).isEmpty();
    assertThat(shown(keys)).isEqualTo(certificate(rsa));
  }

  @Test
  void aCertificateThatEndsSoonIsTold() throws IOException {
    ServerKeys keys = keys(first);
    assertThat(keys.complaint()).isEmpty();
    now = now.plus(Duration.ofDays(8));
    assertThat(keys.complaint()).get().asString().contains("ends at " + keys.ends());
  }

  @Test
  void whatDoesNotFitIsRefusedAtTheStart() throws IOException {
    put(first);
    Files.copy(renewed.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::keys).hasMessageContaining("is not the key of");
    Files.copy(rsa.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(this::keys).hasMessageContaining("is not the key of");
    Files.writeString(folder.resolve("tls.pem"), "none");
    assertThatThrownBy(this::keys).hasMessageContaining("holds no certificate");
  }

  private ServerKeys keys(Issued issued) throws IOException {
    put(issued);
    return keys();
  }

  private ServerKeys keys() {
    TlsFiles files =
        new TlsFiles(folder.resolve("tls.pem"), folder.resolve("tls.key"), Optional.empty());
    return new ServerKeys(files, () -> now);
  }

  private void put(Issued issued) throws IOException {
    Files.copy(
        issued.certificate(), folder.resolve("tls.pem"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(issued.key(), folder.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
    touch();
  }

  /** Two writes may fall into one tick of the file system. */
  private void touch() throws IOException {
    FileTime time = FileTime.from(Instant.now().plusSeconds(now.getEpochSecond() % 1_000));
    Files.setLastModifiedTime(folder.resolve("tls.pem"), time);
  }

  private static X509Certificate shown(ServerKeys keys) {
    X509Certificate[] chain = keys.getCertificateChain("collector");
    assertThat(chain).isNotNull();
    return chain[0];
  }

  private static X509Certificate certificate(Issued issued) {
    return Pem.certificates(issued.certificate())[0];
  }
}
