// SPDX-License-Identifier: Apache-2.0
package dev.nines.incident.paging;

import dev.nines.channels.webhook.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * A way to reach people.
 *
 * @param name the one named {@link #FALLBACK} is used only when others can't be reached, or when
 *     there is no other
 */
public record Channel(String tenant, String name, String type, String url, String secret) {

  public static final String FALLBACK = "fallback";
  private static final String WEBHOOK = "webhook";
  private static final int URL_MAX = 2_000;
  private static final int SECRET_MIN = 8;
  private static final int SECRET_MAX = 500;

  /** What is wrong with it, field and rule; empty when nothing. */
  public Optional<String> problem() {
    if (!name.matches("[a-z0-9][a-z0-9._-]{0,62}")) {
      return Optional.of("name: lower case letters, digits, '.', '_', '-', at most 63");
    }
    if (!type.equals(WEBHOOK)) {
      return Optional.of("type: only webhook is known");
    }
    if (secret.length() < SECRET_MIN || secret.length() > SECRET_MAX) {
      return Optional.of("secret: 8 to 500 characters");
    }
    return urlProblem();
  }

  Webhook.Endpoint endpoint() {
    return new Webhook.Endpoint(URI.create(url), secret);
  }

  private Optional<String> urlProblem() {
    if (url.length() > URL_MAX) {
      return Optional.of("url: at most 2,000 characters");
    }
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      if (host == null || uri.getScheme() == null) {
        return Optional.of("url: an absolute URL with a host");
      }
      if (uri.getUserInfo() != null || uri.getFragment() != null) {
        return Optional.of("url: no user and no fragment");
      }
      return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
        case "https" -> Optional.empty();
        case "http" ->
            loopback(host) ? Optional.empty() : Optional.of("url: https, or http on loopback");
        default -> Optional.of("url: https, or http on loopback");
      };
    } catch (URISyntaxException e) {
      return Optional.of("url: " + e.getReason());
    }
  }

  /** Literal addresses, and the one name that RFC 6761 ties to them: others may move tomorrow. */
  private static boolean loopback(String host) {
    return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
  }
}
