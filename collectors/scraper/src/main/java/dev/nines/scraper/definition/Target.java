// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.scraper.exposition.Labels;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that is scraped.
 *
 * @param labels of each of its samples, {@code job} and {@code instance} among them
 */
public record Target(Job job, URI url, Labels labels) {

  static final String PARAM = "__param_";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * @param address {@code host:port}
   * @param given labels of its group; some that begin with two underscores change the URL
   */
  static Target of(Job job, String address, Map<String, String> given) {
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("job", job.name());
    labels.put("instance", address);
    SortedMap<String, List<String>> params = new TreeMap<>(job.params());
    given.forEach(
        (name, value) -> {
          if (name.startsWith(PARAM)) {
            params.put(name.substring(PARAM.length()), List.of(value));
          } else if (!name.startsWith("__")) {
            labels.put(name, value);
          }
        });
    String scheme = given.getOrDefault("__scheme__", job.scheme());
    String path = given.getOrDefault("__metrics_path__", job.metricsPath());
    URI url = URI.create(scheme + "://" + address + path + query(params));
    return new Target(job, url, Labels.of(labels));
  }

  private static String query(SortedMap<String, List<String>> params) {
    List<String> pairs = new ArrayList<>();
    params.forEach(
        (name, values) -> values.forEach(value -> pairs.add(encoded(name) + "=" + encoded(value))));
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  public String host() {
    String host = url.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  public int port() {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return url.getScheme().equals("https") ? HTTPS_PORT : HTTP_PORT;
  }

  /**
   * Nanoseconds from now to the first scrape. Scrapes stand at a fixed place in the interval, drawn
   * by a hash: targets are spread over it, and a restart keeps the places.
   */
  public long firstNanos(String region, Instant now) {
    long interval = job.interval().toNanos();
    long place = hash(region + " " + url + " " + labels);
    long epoch = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    return Math.floorMod(Math.floorMod(place, interval) - epoch, interval);
  }

  private static long hash(String text) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)))
          .getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** By what tells it from others; a job's name is unique. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Target target
        && job.name().equals(target.job.name())
        && url.equals(target.url)
        && labels.equals(target.labels);
  }

  @Override
  public int hashCode() {
    return Objects.hash(job.name(), url, labels);
  }

  @Override
  public String toString() {
    return job.name() + " " + url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
  }
}
