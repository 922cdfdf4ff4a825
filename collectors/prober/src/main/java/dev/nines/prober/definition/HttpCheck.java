// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * @param headers sent beside our own
 * @param body sent with methods that may have one
 * @param expectedStatus any 2xx when empty
 * @param bodyContains looked for as UTF-8 bytes in what is read of the body
 * @param maxRedirects 0: a redirect is an answer like any other
 */
public record HttpCheck(
    String method,
    Map<String, String> headers,
    Optional<String> body,
    Set<Integer> expectedStatus,
    Optional<String> bodyContains,
    int maxRedirects,
    TlsRules tls)
    implements Probe.Check {

  public HttpCheck {
    headers = Map.copyOf(headers);
    expectedStatus = Set.copyOf(expectedStatus);
  }

  @Override
  public String kind() {
    return "http";
  }

  public boolean expects(int status) {
    return expectedStatus.isEmpty() ? status / 100 == 2 : expectedStatus.contains(status);
  }
}
