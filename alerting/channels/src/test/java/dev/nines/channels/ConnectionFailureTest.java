// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ConnectionFailureTest {

  @Test
  void aKnownCauseIsToldInWords() {
    assertThat(ConnectionFailure.words(new ConnectException("Connection refused")))
        .isEqualTo("the host refuses the connection");
    assertThat(ConnectionFailure.words(new UnknownHostException("hooks.invalid")))
        .isEqualTo("the host is not found, hooks.invalid");
    assertThat(ConnectionFailure.words(new SSLHandshakeException("certificate expired")))
        .isEqualTo("TLS failed, certificate expired");
  }

  @Test
  void aCauseBelowIsFound() {
    assertThat(
            ConnectionFailure.words(
                new MessagingException("Couldn't connect", new SocketTimeoutException())))
        .isEqualTo("the host does not answer");
  }

  @Test
  void anUnknownOneSaysItsMessageAndNeverItsClass() {
    assertThat(ConnectionFailure.words(new IOException("hook.test:443 failed to respond")))
        .isEqualTo("hook.test:443 failed to respond");
    assertThat(ConnectionFailure.words(new IOException((String) null)))
        .isEqualTo("the connection broke");
  }
}
