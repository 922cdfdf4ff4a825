// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import dev.nines.objectives.openslo.DurationText;
import dev.nines.objectives.openslo.YamlMap;
import dev.nines.objectives.openslo.YamlValue;
import dev.nines.scraper.exposition.Syntax;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads one entry of {@code scrape_configs}; every mistake at once, each with its line. */
final class JobReader {

  static final List<String> SCHEMES = List.of("http", "https");

  private static final Set<String> FIELDS =
      Set.of(
          "job_name",
          "scrape_interval",
          "scrape_timeout",
          "metrics_path",
          "scheme",
          "params",
          "honor_labels",
          "honor_timestamps",
          "follow_redirects",
          "enable_compression",
          "fallback_scrape_protocol",
          "authorization",
          "static_configs",
          "file_sd_configs");

  private static final Set<String> FILE_SD = Set.of("files", "refresh_interval");
  private static final Set<String> AUTHORIZATION =
      Set.of("type", "credentials_file", "credentials");
  private static final Pattern PATH = Pattern.compile("/[!-~&&[^?#\\\\^`{|}\"<>]]*");
  private static final Pattern FILE = Pattern.compile("[^*]*(\\*[^/]*)?\\.(json|yml|yaml)");
  private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
  private static final Map<String, Syntax> FALLBACKS =
      Map.of("PrometheusText0.0.4", Syntax.TEXT, "OpenMetricsText1.0.0", Syntax.OPEN_METRICS);
  private static final Duration INTERVAL_MIN = Duration.ofSeconds(1);
  private static final Duration INTERVAL_MAX = Duration.ofHours(24);
  private static final Duration TIMEOUT_MIN = Duration.ofMillis(10);
  private static final int TEXT_MAX = 2_000;

  private final Path file;
  private final GlobalReader global;
  private final Set<String> names = new HashSet<>();

  /**
   * @param file whose folder relative paths start from
   */
  JobReader(Path file, GlobalReader global) {
    this.file = file;
    this.global = global;
  }

  /** Empty after at least one complaint. */
  Optional<Job> read(YamlValue value) {
    Optional<YamlMap> fields = value.map(known());
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = fields.get();
    Unsupported.refuse(map);
    Optional<String> name =
        map.require("job_name").flatMap(text -> text.text(TEXT_MAX)).filter(this::isNew);
    if (map.has("job_name") && name.isEmpty()) {
      map.refuse("job_name", "duplicate", "must be a text that no job before has");
    }
    Duration interval =
        map.get("scrape_interval").flatMap(JobReader::interval).orElse(global.interval());
    return name.map(
        text ->
            new Job(
                text,
                interval,
                timeout(map, interval),
                map.get("metrics_path").flatMap(JobReader::path).orElse("/metrics"),
                map.get("scheme").flatMap(word -> word.oneOf(SCHEMES)).orElse("http"),
                map.get("params").map(JobReader::params).orElse(Map.of()),
                bool(map, "honor_labels", false),
                bool(map, "honor_timestamps", true),
                bool(map, "follow_redirects", true),
                bool(map, "enable_compression", true),
                map.get("fallback_scrape_protocol").flatMap(JobReader::fallback),
                map.get("authorization").flatMap(this::authorization),
                LimitsReader.read(map, global.limits()),
                map.get("static_configs").map(GroupReader::groups).orElse(List.of()),
                map.get("file_sd_configs").map(this::files).orElse(List.of())));
  }

  private boolean isNew(String name) {
    return !name.isEmpty() && names.add(name);
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>(FIELDS);
    known.addAll(LimitsReader.FIELDS);
    known.addAll(Unsupported.OF_JOB);
    return known;
  }

  private static boolean bool(YamlMap map, String field, boolean otherwise) {
    return map.get(field).flatMap(YamlValue::bool).orElse(otherwise);
  }

  static Optional<Duration> interval(YamlValue value) {
    return duration(value, INTERVAL_MIN, INTERVAL_MAX);
  }

  private Duration timeout(YamlMap map, Duration interval) {
    Optional<Duration> own =
        map.get("scrape_timeout").flatMap(value -> duration(value, TIMEOUT_MIN, INTERVAL_MAX));
    if (own.isPresent() && own.get().compareTo(interval) > 0) {
      map.get("scrape_timeout")
          .ifPresent(value -> value.refuse("order", "must not be above the interval"));
    }
    Duration timeout = own.orElse(global.timeout());
    return timeout.compareTo(interval) > 0 ? interval : timeout;
  }

  static Optional<Duration> duration(YamlValue value, Duration least, Duration most) {
    Optional<Duration> length = value.text().flatMap(DurationText::parse);
    if (length.isEmpty() || length.get().compareTo(least) < 0 || length.get().compareTo(most) > 0) {
      value.refuse(
          "range",
          "must be a length from %s to %s; units are %s"
              .formatted(
                  DurationText.format(least), DurationText.format(most), DurationText.UNITS));
      return Optional.empty();
    }
    return length;
  }

  static Optional<String> path(YamlValue value) {
    String rule = "must be the path of a URL, from its first '/'";
    Optional<String> path = value.matching(PATH, "path", rule);
    if (path.isPresent() && !isPath(path.get())) {
      value.refuse("path", rule + "; '%' stands before two hex digits");
      return Optional.empty();
    }
    return path;
  }

  private static boolean isPath(String text) {
    try {
      return text.equals(new URI("http://host" + text).getRawPath());
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static Map<String, List<String>> params(YamlValue value) {
    Map<String, List<String>> params = new LinkedHashMap<>();
    value
        .anyMap()
        .map(YamlMap::fields)
        .orElse(Map.of())
        .forEach(
            (name, values) -> {
              List<String> texts = new ArrayList<>();
              values
                  .list()
                  .orElse(List.of())
                  .forEach(item -> item.text(TEXT_MAX).ifPresent(texts::add));
              params.put(name, List.copyOf(texts));
            });
    return params;
  }

  private static Optional<Syntax> fallback(YamlValue value) {
    return value.oneOf(FALLBACKS.keySet().stream().sorted().toList()).map(FALLBACKS::get);
  }

  private Optional<Authorization> authorization(YamlValue value) {
    Optional<YamlMap> fields = value.map(AUTHORIZATION);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    String type =
        fields
            .get()
            .get("type")
            .flatMap(word -> word.matching(WORD, "scheme", "is no scheme of HTTP"))
            .orElse("Bearer");
    if (fields.get().has("credentials")) {
      fields
          .get()
          .get("credentials")
          .ifPresent(secret -> secret.refuse("not-supported", "put it into a credentials_file"));
      return Optional.empty();
    }
    return fields
        .get()
        .require("credentials_file")
        .flatMap(text -> text.text(TEXT_MAX))
        .map(path -> new Authorization(type, file.resolveSibling(path)));
  }

  /** Files are looked at more often than any {@code refresh_interval} asks for. */
  private List<Path> files(YamlValue value) {
    List<Path> files = new ArrayList<>();
    for (YamlValue item : value.list().orElse(List.of())) {
      Optional<YamlMap> map = item.map(FILE_SD);
      map.flatMap(fields -> fields.get("refresh_interval"))
          .ifPresent(length -> duration(length, FileTargets.LOOK, Duration.ofDays(365)));
      map.flatMap(fields -> fields.require("files"))
          .flatMap(YamlValue::list)
          .orElse(List.of())
          .forEach(
              text ->
                  text.matching(FILE, "file", "must end with .json, .yml or .yaml")
                      .filter(name -> isPattern(name, text))
                      .map(file::resolveSibling)
                      .ifPresent(files::add));
    }
    return files;
  }

  /** Its last part is a pattern of the file system, in which brackets have a meaning, too. */
  private static boolean isPattern(String name, YamlValue value) {
    try {
      Path last = Path.of(name).getFileName();
      FileSystems.getDefault().getPathMatcher("glob:" + last);
      return true;
    } catch (PatternSyntaxException e) {
      value.refuse("file", "is no pattern of files: " + e.getDescription());
      return false;
    }
  }
}
