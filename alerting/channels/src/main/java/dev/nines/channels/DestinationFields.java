// SPDX-License-Identifier: Apache-2.0
package dev.nines.channels;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nines.channels.Destination.Email.Security;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks the fields of one destination, and gathers what is wrong. */
final class DestinationFields {

  private static final URI NOWHERE = URI.create("https://invalid");
  private static final int URL_MAX = 2_000;
  private static final int SHOWN = 100;

  private final ObjectNode body;
  private final NetworkRules.Gate gate;
  private final List<String> problems = new ArrayList<>();

  DestinationFields(ObjectNode body, NetworkRules.Gate gate) {
    this.body = body;
    this.gate = gate;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    body.fieldNames().forEachRemaining(name -> names.add(Text.cut(name, SHOWN)));
    return names;
  }

  boolean has(String field) {
    return body.hasNonNull(field);
  }

  void refuse(String problem) {
    problems.add(problem);
  }

  void without(String field, String rule) {
    if (has(field)) {
      refuse(field + ": " + rule);
    }
  }

  String optional(String field, int max) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual() || value.textValue().length() > max || hasControl(value.textValue())) {
      refuse("%s: a text of at most %d characters, none a control character".formatted(field, max));
      return "";
    }
    return value.textValue();
  }

  String text(String field, int min, int max) {
    String text = optional(field, max);
    if (text.length() < min && !problemOf(field)) {
      refuse("%s: %d to %d characters".formatted(field, min, max));
    }
    return text;
  }

  String matching(String field, String pattern, String rule) {
    String text = optional(field, URL_MAX);
    if (!text.matches(pattern) && !problemOf(field)) {
      refuse(field + ": " + rule);
    }
    return text;
  }

  /** One plain address; the server that is to take it knows better than any pattern. */
  String address(String field) {
    return matching(
        field,
        "[^\\s<>\"(),:;\\\\@\\[\\]]{1,64}@[A-Za-z0-9.-]{1,253}",
        "an address as ann@example.com");
  }

  int port(String field, int absent) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    int port =
        value.isTextual() && value.textValue().matches("\\d{1,5}")
            ? Integer.parseInt(value.textValue())
            : value.asInt();
    if (port < 1 || port > 65_535) {
      refuse(field + ": 1 to 65535");
    }
    return port;
  }

  Security security(String field, String host) {
    String text = optional(field, 20);
    return switch (text) {
      case "", "starttls" -> Security.STARTTLS;
      case "none" -> {
        if (!loopback(host)) {
          refuse(field + ": none only to loopback");
        }
        yield Security.NONE;
      }
      default -> {
        refuse(field + ": starttls or none");
        yield Security.STARTTLS;
      }
    };
  }

  /** An absolute URL: https, or http on loopback. */
  URI url(String field, String absent) {
    String text = has(field) ? optional(field, URL_MAX) : absent;
    if (problemOf(field)) {
      return NOWHERE;
    }
    try {
      URI uri = new URI(text);
      Optional<String> problem = problem(uri);
      problem.ifPresent(rule -> refuse(field + ": " + rule));
      return problem.isPresent() ? NOWHERE : uri;
    } catch (URISyntaxException e) {
      refuse(field + ": " + e.getReason());
      return NOWHERE;
    }
  }

  URI baseUrl(String field, URI absent) {
    URI url = url(field, absent.toString());
    if (url.getQuery() != null) {
      refuse(field + ": no query");
    }
    return url;
  }

  /** Literal addresses are judged at once, names when they are used: they may move meanwhile. */
  void host(String field, String host, int port) {
    literal(host)
        .flatMap(address -> gate.refusal(address, port))
        .ifPresent(why -> refuse(field + ": " + why));
  }

  private Optional<String> problem(URI uri) {
    String host = uri.getHost();
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (host == null || scheme.isEmpty()) {
      return Optional.of("an absolute URL with a host");
    }
    if (uri.getUserInfo() != null || uri.getFragment() != null) {
      return Optional.of("no user and no fragment");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && loopback(host))) {
      return Optional.of("https, or http on loopback");
    }
    int standard = scheme.equals("http") ? 80 : 443;
    int port = uri.getPort() > 0 ? uri.getPort() : standard;
    return literal(host).flatMap(address -> gate.refusal(address, port));
  }

  private boolean problemOf(String field) {
    return problems.stream().anyMatch(problem -> problem.startsWith(field + ":"));
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** Literal addresses, and the one name that RFC 6761 ties to them: others may move tomorrow. */
  private static boolean loopback(String host) {
    return host.equals("localhost")
        || host.equals("[::1]")
        || host.equals("::1")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  private static Optional<InetAddress> literal(String host) {
    if (host.equals("localhost")) {
      return Optional.of(InetAddress.getLoopbackAddress());
    }
    try {
      return Optional.of(InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
