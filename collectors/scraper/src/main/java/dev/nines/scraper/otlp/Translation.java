// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.otlp;

import dev.nines.scraper.definition.Target;
import dev.nines.scraper.exposition.Family;
import dev.nines.scraper.exposition.FamilyType;
import dev.nines.scraper.exposition.Malformed;
import dev.nines.scraper.exposition.Point;
import dev.nines.scraper.otlp.Known.TimedPoint;
import dev.nines.telemetry.WireWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One scrape of one target as a request; series that are not there any more are ended. */
public final class Translation {

  private static final Origin UNSCOPED = new Origin("nines.scraper", "");
  private static final String TARGET_INFO = "target_info";
  private static final String SCOPE_INFO = "otel_scope_info";
  private static final String SCOPE_NAME = "otel_scope_name";
  private static final String SCOPE_VERSION = "otel_scope_version";

  private final Target target;
  private final long nanos;
  private final TargetLabels labels;
  private final Request request = new Request();
  private final Set<Series> tracked = new HashSet<>();
  private final Set<TimedPoint> timed = new HashSet<>();
  private final Set<TimedPoint> places = new HashSet<>();
  private final Map<Origin, SortedMap<String, String>> targetInfos = new HashMap<>();
  private final Map<Origin, SortedMap<String, String>> scopeInfos = new HashMap<>();
  private final Map<Origin, Bytes> resources = new HashMap<>();
  private final Map<Origin, Bytes> scopes = new HashMap<>();

  /** Job and instance of a resource; name and version of a scope. */
  private record Origin(String first, String second) {}

  private final Known before;
  private int rejected;

  /**
   * What Prometheus tells of each scrape, too.
   *
   * @param samples that the endpoint gave; 0 after a failure
   */
  public record Report(boolean up, Duration length, int samples) {}

  /**
   * @param at of the scrape
   * @param before of the scrape before
   */
  public Translation(Target target, Instant at, Known before) {
    this.target = target;
    this.before = before;
    this.nanos = at.getEpochSecond() * 1_000_000_000L + at.getNano();
    this.labels = new TargetLabels(target);
  }

  /**
   * Adds what an endpoint said.
   *
   * @throws BeyondLimit when labels break a limit of the job
   * @throws Malformed when two samples become one series
   */
  public void add(List<Family> families) {
    families.forEach(this::learn);
    families.forEach(family -> family.points().forEach(point -> add(family, point)));
  }

  /** Adds the report, and the end of each series that was known before and is not there now. */
  public void report(Report report) {
    long added = tracked.stream().filter(series -> !before.series().contains(series)).count();
    gauge("up", report.up ? 1 : 0);
    gauge("scrape_duration_seconds", report.length.toNanos() / 1e9);
    gauge("scrape_samples_scraped", report.samples);
    gauge("scrape_samples_post_metric_relabeling", report.samples);
    gauge("scrape_series_added", added);
    end();
  }

  /** Adds the end of each series that was known before and is not there now. */
  public void end() {
    for (Series series : before.series()) {
      if (!tracked.contains(series)) {
        request.addStale(series, nanos);
      }
    }
  }

  /** What is known when this is stored. */
  public Known known() {
    return new Known(tracked, timed);
  }

  /** Points that are left out: OTLP has no times before 1970. */
  public int rejected() {
    return rejected;
  }

  /** An {@code ExportMetricsServiceRequest}; to be called once. */
  public byte[] toBytes() {
    return request.toBytes();
  }

  private void learn(Family family) {
    for (Point point : family.points()) {
      if (point instanceof Point.Number number && isInfo(number.name())) {
        SortedMap<String, String> own = number.labels().toMap();
        if (number.name().equals(TARGET_INFO)) {
          Origin origin = origin(labels.join(TARGET_INFO, number.labels()));
          own.keySet().removeAll(Set.of("job", "instance"));
          targetInfos.computeIfAbsent(origin, key -> new TreeMap<>()).putAll(own);
        } else {
          scopeInfos.computeIfAbsent(scope(own), key -> new TreeMap<>()).putAll(own);
        }
      }
    }
  }

  private static boolean isInfo(String name) {
    return name.equals(TARGET_INFO) || name.equals(SCOPE_INFO);
  }

  private void add(Family family, Point point) {
    String name = point instanceof Point.Number number ? number.name() : family.name();
    if (isInfo(name)) {
      return;
    }
    SortedMap<String, String> joined = labels.join(name, point.labels());
    Origin resource = origin(joined);
    Origin scope = scope(joined);
    MetricName metric = new MetricName(name, Unit.ofPrometheus(family.unit()), kind(family, point));
    Series series =
        new Series(
            resources.computeIfAbsent(resource, key -> resource(key, true)),
            scopes.computeIfAbsent(scope, this::scope),
            metric,
            attributes(metric.kind(), joined));
    boolean ownTime = point.timeNanos() != Point.NO_TIME && target.job().honorTimestamps();
    long time = ownTime ? point.timeNanos() : nanos;
    if (time <= 0) {
      rejected++;
      return;
    }
    TimedPoint place = new TimedPoint(series, time);
    if (!places.add(place)) {
      throw new Malformed(
          point.line(), "duplicate", name + joined + " is there twice, with the target's labels");
    }
    if (!ownTime) {
      tracked.add(series);
    } else if (timed.add(place) && before.timed().contains(place)) {
      return;
    }
    Request.About about = new Request.About(family.help(), word(family.type()));
    request.add(series, about, Fields.point(point, time));
  }

  private static Kind kind(Family family, Point point) {
    return switch (point) {
      case Point.Histogram _ -> Kind.HISTOGRAM;
      case Point.Summary _ -> Kind.SUMMARY;
      case Point.Number _ ->
          switch (family.type()) {
            case COUNTER -> Kind.COUNTER;
            case INFO, STATE_SET -> Kind.SUM;
            case GAUGE, UNKNOWN, HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY -> Kind.GAUGE;
          };
    };
  }

  private static String word(FamilyType type) {
    return type.name().replace("_", "").toLowerCase(Locale.ROOT);
  }

  /** Of the target as it is configured: what it says of itself is not there when it is down. */
  private void gauge(String name, double value) {
    SortedMap<String, String> own = target.labels().toMap();
    Series series =
        new Series(
            resource(origin(own), false),
            scopes.computeIfAbsent(UNSCOPED, this::scope),
            new MetricName(name, "", Kind.GAUGE),
            attributes(Kind.GAUGE, own));
    if (!places.add(new TimedPoint(series, nanos))) {
      throw new Malformed(0, "duplicate", name + " is what the scraper itself tells of a scrape");
    }
    tracked.add(series);
    request.add(series, new Request.About("", "gauge"), Fields.number(value, nanos));
  }

  private static Origin origin(SortedMap<String, String> joined) {
    return new Origin(joined.getOrDefault("job", ""), joined.getOrDefault("instance", ""));
  }

  /** Takes the labels of the scope from those of the point. */
  private static Origin scope(SortedMap<String, String> joined) {
    String name = joined.remove(SCOPE_NAME);
    String version = joined.remove(SCOPE_VERSION);
    return name == null && version == null
        ? UNSCOPED
        : new Origin(name == null ? "" : name, version == null ? "" : version);
  }

  private static Bytes attributes(Kind kind, SortedMap<String, String> joined) {
    WireWriter fields = new WireWriter();
    joined.forEach(
        (name, value) -> {
          if (!name.equals("job") && !name.equals("instance")) {
            fields.message(kind.attributes(), Fields.attribute(name, value));
          }
        });
    return Bytes.of(fields);
  }

  private Bytes resource(Origin origin, boolean withInfo) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (withInfo) {
      texts.putAll(targetInfos.getOrDefault(origin, new TreeMap<>()));
    }
    texts.put("service.name", origin.first);
    texts.put("service.instance.id", origin.second);
    texts.put("server.address", target.host());
    texts.put("url.scheme", target.url().getScheme());
    texts.remove("server.port");
    WireWriter fields = new WireWriter();
    texts.forEach((name, value) -> fields.message(1, Fields.attribute(name, value)));
    return Bytes.of(fields.message(1, Fields.attribute("server.port", target.port())));
  }

  private Bytes scope(Origin origin) {
    WireWriter fields = new WireWriter();
    if (!origin.first.isEmpty()) {
      fields.text(1, origin.first);
    }
    if (!origin.second.isEmpty()) {
      fields.text(2, origin.second);
    }
    scopeInfos
        .getOrDefault(origin, new TreeMap<>())
        .forEach((name, value) -> fields.message(3, Fields.attribute(name, value)));
    return Bytes.of(fields);
  }
}
