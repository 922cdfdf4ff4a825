// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.prober.definition.HttpCheck;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Whether an HTTP answer is as expected: the status, then the body, then the certificate.
 *
 * @param bodyBytesMax what is read of a body; nothing beyond it is seen
 */
record AnswerCheck(HttpCheck check, int bodyBytesMax, InstantSource clock) {

  Verdict verdict(ClassicHttpResponse response, @Nullable SSLSession session, Observation seen)
      throws IOException {
    seen.attribute("http.response.status_code", response.getCode());
    byte[] body = body(response);
    seen.attribute("http.response.body.size", body.length);
    if (!check.expects(response.getCode())) {
      return new Verdict.Failed(
          Reason.STATUS, "status " + response.getCode() + ", expected " + expected());
    }
    if (check.bodyContains().isPresent() && !contains(body, check.bodyContains().get())) {
      return new Verdict.Failed(
          Reason.BODY,
          "the %d bytes read of the body do not contain '%s'"
              .formatted(body.length, check.bodyContains().get()));
    }
    return certificate(session, seen);
  }

  private String expected() {
    return check.expectedStatus().isEmpty()
        ? "2xx"
        : new TreeSet<>(check.expectedStatus()).toString();
  }

  private byte[] body(ClassicHttpResponse response) throws IOException {
    if (response.getEntity() == null) {
      return new byte[0];
    }
    InputStream stream = response.getEntity().getContent();
    return stream.readNBytes(bodyBytesMax);
  }

  private static boolean contains(byte[] body, String text) {
    byte[] wanted = text.getBytes(UTF_8);
    for (int from = 0; from <= body.length - wanted.length; from++) {
      if (java.util.Arrays.equals(body, from, from + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }

  private Verdict certificate(@Nullable SSLSession session, Observation seen)
      throws SSLPeerUnverifiedException {
    Optional<Instant> end = session == null ? Optional.empty() : end(session);
    end.ifPresent(instant -> seen.attribute("tls.server.not_after", instant.toString()));
    Optional<Duration> validFor = check.tls().certificateValidFor();
    if (end.isPresent()
        && validFor.isPresent()
        && end.get().isBefore(clock.instant().plus(validFor.get()))) {
      return new Verdict.Failed(Reason.CERTIFICATE, "the certificate ends at " + end.get());
    }
    return new Verdict.Passed();
  }

  private static Optional<Instant> end(SSLSession session) throws SSLPeerUnverifiedException {
    Certificate first = session.getPeerCertificates()[0];
    return first instanceof X509Certificate certificate
        ? Optional.of(certificate.getNotAfter().toInstant())
        : Optional.empty();
  }
}
