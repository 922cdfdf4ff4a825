// SPDX-License-Identifier: Apache-2.0
package dev.nines.scraper.fetch;

import dev.nines.scraper.definition.Authorization;
import dev.nines.scraper.definition.Job;
import dev.nines.scraper.definition.Target;
import dev.nines.scraper.exposition.Exposition;
import dev.nines.scraper.exposition.Malformed;
import dev.nines.scraper.exposition.Syntax;
import dev.nines.scraper.exposition.TooManySamples;
import dev.nines.scraper.fetch.Scraped.Failed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLException;

/**
 * Asks an endpoint, and reads its answer while it comes. The caller keeps the deadline, and
 * interrupts.
 */
public final class Fetcher implements AutoCloseable {

  /** What Prometheus asks for, but for its binary format. */
  static final String ACCEPT =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "application/openmetrics-text;version=0.0.1;q=0.5,"
          + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
          + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  private static final int REDIRECTS_MAX = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * Blocks until all is read.
   *
   * @param room grows with the body
   * @throws InterruptedException when the deadline has passed
   */
  public Scraped fetch(Target target, ByteBudget.Reservation room) throws InterruptedException {
    Optional<String> authorization;
    try {
      Optional<Authorization> configured = target.job().authorization();
      authorization =
          configured.isPresent() ? Optional.of(configured.get().header()) : Optional.empty();
    } catch (IOException e) {
      return new Failed(Reason.CREDENTIALS, "authorization: " + e);
    }
    try {
      return answer(target, target.url(), authorization, room);
    } catch (Malformed e) {
      return new Failed(Reason.MALFORMED, e.toString());
    } catch (TooManySamples e) {
      return new Failed(Reason.SAMPLE_LIMIT, "sample_limit: " + e.getMessage());
    } catch (BoundedBody.TooLong e) {
      return new Failed(
          Reason.BODY_SIZE_LIMIT,
          "body_size_limit: the body has over " + target.job().limits().bodyBytes() + " bytes");
    } catch (BoundedBody.NoRoom e) {
      return new Scraped.NoRoom();
    } catch (IOException e) {
      return new Failed(reason(e), cause(e));
    } catch (IllegalArgumentException e) {
      return new Failed(Reason.CREDENTIALS, "authorization: is no value of a header");
    }
  }

  private Scraped answer(
      Target target, URI first, Optional<String> authorization, ByteBudget.Reservation room)
      throws IOException, InterruptedException {
    URI url = first;
    for (int hop = 0; hop <= REDIRECTS_MAX; hop++) {
      boolean home = isSameOrigin(first, url);
      HttpResponse<InputStream> response =
          http.send(
              request(target.job(), url, home ? authorization : Optional.empty()),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() == 200) {
          return read(target.job(), response, body, room);
        }
        Optional<String> location = response.headers().firstValue("Location");
        if (!REDIRECTS.contains(response.statusCode())
            || location.isEmpty()
            || !target.job().followRedirects()) {
          return new Failed(Reason.STATUS, "status " + response.statusCode());
        }
        url = url.resolve(location.get());
        if (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
          return new Failed(Reason.REDIRECTS, "leads to no http or https URL");
        }
      }
    }
    return new Failed(Reason.REDIRECTS, "more than " + REDIRECTS_MAX + " redirects");
  }

  /** A token is for who it was given to. */
  private static boolean isSameOrigin(URI a, URI b) {
    return a.getScheme().equals(b.getScheme())
        && a.getRawAuthority().equalsIgnoreCase(b.getRawAuthority());
  }

  private static HttpRequest request(Job job, URI url, Optional<String> authorization) {
    String seconds =
        BigDecimal.valueOf(job.timeout().toMillis(), 3).stripTrailingZeros().toPlainString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(job.timeout())
            .header("Accept", ACCEPT)
            .header("Accept-Encoding", job.compression() ? "gzip" : "identity")
            .header("User-Agent", "nines-scraper")
            .header("X-Prometheus-Scrape-Timeout-Seconds", seconds)
            .GET();
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request.build();
  }

  private static Scraped read(
      Job job, HttpResponse<?> response, InputStream body, ByteBudget.Reservation room)
      throws IOException {
    String type = response.headers().firstValue("Content-Type").orElse("");
    Optional<Syntax> syntax = Syntax.of(type).or(job::fallback);
    if (syntax.isEmpty()) {
      return new Failed(
          Reason.CONTENT_TYPE,
          "Content-Type '" + cut(type) + "' is none of metrics; fallback_scrape_protocol may say");
    }
    String encoding =
        response.headers().firstValue("Content-Encoding").orElse("").toLowerCase(Locale.ROOT);
    InputStream plain =
        switch (encoding) {
          case "", "identity" -> body;
          case "gzip" -> new GZIPInputStream(body);
          default -> null;
        };
    if (plain == null) {
      return new Failed(Reason.ENCODING, "Content-Encoding '" + cut(encoding) + "'");
    }
    BoundedBody bounded = new BoundedBody(plain, job.limits().bodyBytes(), room);
    return new Scraped.Good(Exposition.read(bounded, syntax.get(), job.limits().samples()));
  }

  private static Reason reason(IOException e) {
    return switch (e) {
      case ConnectException _ -> Reason.CONNECT;
      case HttpTimeoutException _ -> Reason.TIMEOUT;
      case SSLException _ -> Reason.TLS;
      default -> Reason.CONNECTION;
    };
  }

  private static String cause(IOException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return cut(e + (cause == e ? "" : ", " + cause));
  }

  private static String cut(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "...";
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
