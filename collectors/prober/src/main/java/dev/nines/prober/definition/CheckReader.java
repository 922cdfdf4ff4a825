// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads {@code spec.http} and {@code spec.grpc}. */
final class CheckReader {

  private static final Set<String> HTTP =
      Set.of("method", "headers", "body", "expectedStatus", "bodyContains", "maxRedirects", "tls");
  private static final Set<String> GRPC = Set.of("service", "plaintext", "tls");
  private static final Set<String> HTTP_TLS = Set.of("caFile", "certificateValidFor");
  private static final Set<String> GRPC_TLS = Set.of("caFile");
  private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS", "POST", "PUT");
  private static final Set<String> METHODS_WITH_BODY = Set.of("POST", "PUT");
  private static final Set<String> OUR_HEADERS =
      Set.of(
          "host", "content-length", "transfer-encoding", "connection", "traceparent", "user-agent");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,63}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,1000}");
  private static final int HEADERS_MAX = 16;
  private static final int BODY_MAX = 8 << 10;
  private static final int TEXT_MAX = 255;
  private static final int PATH_MAX = 1_000;
  private static final int STATUSES_MAX = 20;
  private static final int REDIRECTS_MAX = 10;

  private final Path file;

  /**
   * @param file whose folder relative paths start from
   */
  CheckReader(Path file) {
    this.file = file;
  }

  Optional<HttpCheck> http(YamlValue value) {
    Optional<YamlMap> fields = value.map(HTTP);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = fields.get();
    String method = map.get("method").flatMap(word -> word.oneOf(METHODS)).orElse("GET");
    Map<String, String> headers = map.get("headers").map(CheckReader::headers).orElse(Map.of());
    Optional<String> body = map.get("body").flatMap(text -> body(text, method));
    Set<Integer> statuses = map.get("expectedStatus").map(CheckReader::statuses).orElse(Set.of());
    Optional<String> contains = map.get("bodyContains").flatMap(text -> text.text(TEXT_MAX));
    if (contains.isPresent() && method.equals("HEAD")) {
      map.get("bodyContains").ifPresent(text -> text.refuse("method", "HEAD has no body"));
    }
    int redirects =
        map.get("maxRedirects").flatMap(number -> whole(number, 0, REDIRECTS_MAX)).orElse(0);
    return Optional.of(
        new HttpCheck(
            method, headers, body, statuses, contains, redirects, tls(map.get("tls"), HTTP_TLS)));
  }

  Optional<GrpcCheck> grpc(YamlValue value) {
    Optional<YamlMap> fields = value.map(GRPC);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = fields.get();
    String service = map.get("service").flatMap(text -> text.text(TEXT_MAX)).orElse("");
    boolean plaintext = map.get("plaintext").flatMap(YamlValue::bool).orElse(false);
    if (plaintext) {
      map.get("tls").ifPresent(tls -> tls.refuse("exactly-one", "plaintext has no TLS"));
    }
    return Optional.of(new GrpcCheck(service, plaintext, tls(map.get("tls"), GRPC_TLS)));
  }

  private static Optional<String> body(YamlValue value, String method) {
    if (!METHODS_WITH_BODY.contains(method)) {
      value.refuse("method", method + " has no body to send");
    }
    return value.text(BODY_MAX);
  }

  private static Map<String, String> headers(YamlValue value) {
    Map<String, String> headers = new LinkedHashMap<>();
    value
        .anyMap()
        .ifPresent(map -> map.fields().forEach((name, text) -> header(name, text, headers)));
    if (headers.size() > HEADERS_MAX) {
      value.refuse("length", headers.size() + " headers; at most " + HEADERS_MAX + " may be");
    }
    return headers;
  }

  private static void header(String name, YamlValue value, Map<String, String> into) {
    if (!HEADER_NAME.matcher(name).matches()) {
      value.refuse("header", "'" + name + "' is no name of a header");
    } else if (OUR_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      value.refuse("header", name + " is set by the prober");
    }
    value
        .matching(HEADER_VALUE, "header", "is no value of a header")
        .ifPresent(text -> into.put(name, text));
  }

  private static Set<Integer> statuses(YamlValue value) {
    Set<Integer> statuses = new TreeSet<>();
    Optional<List<YamlValue>> items = value.list();
    for (YamlValue item : items.orElse(List.of())) {
      whole(item, 200, 599).ifPresent(statuses::add);
    }
    int count = items.map(List::size).orElse(1);
    if (count == 0 || count > STATUSES_MAX) {
      value.refuse("length", "has " + count + " codes; 1 to " + STATUSES_MAX + " may be");
    }
    return statuses;
  }

  private static Optional<Integer> whole(YamlValue value, int least, int most) {
    Optional<BigDecimal> number = value.number();
    if (number.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal found = number.get();
    if (found.stripTrailingZeros().scale() > 0
        || found.compareTo(BigDecimal.valueOf(least)) < 0
        || found.compareTo(BigDecimal.valueOf(most)) > 0) {
      value.refuse(
          "range", found.toPlainString() + " is no whole number from " + least + " to " + most);
      return Optional.empty();
    }
    return Optional.of(found.intValueExact());
  }

  private TlsRules tls(Optional<YamlValue> value, Set<String> known) {
    Optional<YamlMap> map = value.flatMap(rules -> rules.map(known));
    if (map.isEmpty()) {
      return TlsRules.DEFAULT;
    }
    Optional<Duration> validFor =
        map.get()
            .get("certificateValidFor")
            .flatMap(
                length -> ProbeReader.duration(length, Duration.ofHours(1), Duration.ofDays(365)));
    return new TlsRules(map.get().get("caFile").flatMap(this::caFile), validFor);
  }

  /** Read here once, so that a start does not fail later for what can be seen now. */
  private Optional<Path> caFile(YamlValue value) {
    Optional<Path> anchors = value.text(PATH_MAX).map(file::resolveSibling);
    try {
      if (anchors.isPresent()) {
        new TlsRules(anchors, Optional.empty()).trust();
      }
    } catch (IOException | GeneralSecurityException e) {
      value.refuse(
          "certificate",
          "'%s' is no PEM file of certificates: %s"
              .formatted(value.text().orElse(""), e.getClass().getSimpleName()));
    }
    return anchors;
  }
}
