// SPDX-License-Identifier: Apache-2.0
package dev.nines.prober.definition;

import dev.nines.objectives.openslo.DurationText;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one document; every mistake at once, each with its line. */
final class ProbeReader {

  static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  static final String LABEL_RULE =
      "is no name: lower-case letters, digits and '-', at most 63, not '-' first or last";

  private static final String VERSION = "nines.dev/v1";
  private static final String KIND = "Probe";
  private static final Set<String> OBJECT = Set.of("apiVersion", "kind", "metadata", "spec");
  private static final Set<String> METADATA = Set.of("name");
  private static final Set<String> SPEC = Set.of("interval", "timeout", "http", "grpc", "targets");
  private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
  private static final Duration INTERVAL_MAX = Duration.ofHours(1);
  private static final Duration TIMEOUT_MIN = Duration.ofMillis(10);
  private static final Duration TIMEOUT_DEFAULT_MAX = Duration.ofSeconds(10);
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(1);

  private final CheckReader checks;
  private final Set<String> names;

  /**
   * @param file whose folder relative paths start from
   * @param names of probes before; gets those that are read
   */
  ProbeReader(Path file, Set<String> names) {
    this.checks = new CheckReader(file);
    this.names = names;
  }

  /** Empty after at least one complaint. */
  Optional<Probe> read(YamlValue document) {
    Optional<YamlMap> object = document.map(OBJECT);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    constant(object.get(), "apiVersion", VERSION);
    constant(object.get(), "kind", KIND);
    Optional<String> name =
        object
            .get()
            .require("metadata")
            .flatMap(value -> value.map(METADATA))
            .flatMap(map -> map.require("name"))
            .flatMap(this::name);
    Optional<YamlMap> spec = object.get().require("spec").flatMap(value -> value.map(SPEC));
    return spec.flatMap(map -> body(name, map));
  }

  private static void constant(YamlMap object, String key, String word) {
    object.require(key).ifPresent(value -> value.oneOf(List.of(word)));
  }

  private Optional<String> name(YamlValue value) {
    Optional<String> name = value.matching(LABEL, "name", LABEL_RULE);
    if (name.isPresent() && !names.add(name.get())) {
      value.refuse("duplicate", "'" + name.get() + "' is also the name of a probe before");
      return Optional.empty();
    }
    return name;
  }

  private Optional<Probe> body(Optional<String> name, YamlMap spec) {
    Optional<Duration> interval =
        spec.require("interval").flatMap(value -> duration(value, INTERVAL_MIN, INTERVAL_MAX));
    Optional<Duration> timeout = timeout(spec, interval);
    Optional<Probe.Check> check = check(spec);
    Optional<List<Target>> targets =
        spec.require("targets")
            .flatMap(value -> TargetReader.list(value, spec.has("grpc") && !spec.has("http")));
    if (name.isEmpty()
        || interval.isEmpty()
        || timeout.isEmpty()
        || check.isEmpty()
        || targets.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Probe(name.get(), interval.get(), timeout.get(), check.get(), targets.get()));
  }

  private static Optional<Duration> timeout(YamlMap spec, Optional<Duration> interval) {
    Optional<YamlValue> value = spec.get("timeout");
    if (value.isEmpty()) {
      return interval
          .map(length -> length.dividedBy(2))
          .map(half -> half.compareTo(TIMEOUT_DEFAULT_MAX) < 0 ? half : TIMEOUT_DEFAULT_MAX);
    }
    Optional<Duration> timeout = duration(value.get(), TIMEOUT_MIN, TIMEOUT_MAX);
    if (timeout.isPresent()
        && interval.isPresent()
        && timeout.get().compareTo(interval.get()) >= 0) {
      value.get().refuse("order", "must be below the interval, so that runs do not meet");
      return Optional.empty();
    }
    return timeout;
  }

  private Optional<Probe.Check> check(YamlMap spec) {
    Optional<YamlValue> http = spec.get("http");
    Optional<YamlValue> grpc = spec.get("grpc");
    if (http.isPresent() == grpc.isPresent()) {
      spec.refuse("http", "exactly-one", "exactly one of http and grpc must be there");
      return Optional.empty();
    }
    return http.isPresent()
        ? http.flatMap(checks::http).map(check -> check)
        : grpc.flatMap(checks::grpc).map(check -> check);
  }

  static Optional<Duration> duration(YamlValue value, Duration least, Duration most) {
    Optional<String> text = value.text();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> length = DurationText.parse(text.get());
    if (length.isEmpty() || length.get().compareTo(least) < 0 || length.get().compareTo(most) > 0) {
      value.refuse(
          "range",
          "'%s' is no length from %s to %s; units are %s"
              .formatted(text.get(), words(least), words(most), DurationText.UNITS));
      return Optional.empty();
    }
    return length;
  }

  private static String words(Duration length) {
    return length.toMillis() < 1_000 ? length.toMillis() + "ms" : DurationText.format(length);
  }
}
