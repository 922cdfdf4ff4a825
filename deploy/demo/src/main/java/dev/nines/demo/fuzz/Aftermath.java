// SPDX-License-Identifier: Apache-2.0
package dev.nines.demo.fuzz;

import dev.nines.demo.Accounting;
import dev.nines.demo.Patience;
import dev.nines.demo.stage.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a platform says of itself when the last body is answered. */
public final class Aftermath {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** A failure of our own is answered 503 as well: here it is told apart. */
  private static final Pattern INTERNAL =
      Pattern.compile(
          "nines_ingest_refused_requests_total\\{[^}]*reason=\"internal\"[^}]*} (\\S+)");

  /** Records that extraction could not make sense of. */
  private static final Pattern UNREADABLE =
      Pattern.compile("(?m)^nines_extraction_batches_total\\{[^}]*outcome=\"broken\"[^}]*} (\\S+)");

  /** Rows that the store would not take. */
  private static final Pattern NOT_STORED =
      Pattern.compile("(?m)^nines_sink_failures_total(?:\\{[^}]*})? (\\S+)");

  private static final Pattern IN_FLIGHT =
      Pattern.compile("(?m)^nines_ingest_in_flight_bytes(?:\\{[^}]*})? (\\S+)");

  private final Api api;

  /** Of a platform on which no collector was killed. */
  public Aftermath(Api api) {
    this.api = api;
  }

  /** A line for each thing that is not as it must be. */
  public List<String> broken() throws IOException {
    List<String> broken = new ArrayList<>();
    if (!Patience.until(PATIENCE, this::allArrived)) {
      broken.add(
          "items are on their way for over %d min: %s"
              .formatted(PATIENCE.toMinutes(), Accounting.read(api)));
    }
    long residual = Accounting.read(api).residual();
    if (residual != 0) {
      broken.add("the account has a residual of " + residual);
    }
    String metrics = api.text("/metrics");
    if (sum(INTERNAL, metrics) > 0) {
      broken.add("the collector failed for " + sum(INTERNAL, metrics) + " bodies");
    }
    if (sum(UNREADABLE, metrics) > 0) {
      broken.add(sum(UNREADABLE, metrics) + " acknowledged batches cannot be read");
    }
    if (sum(NOT_STORED, metrics) > 0) {
      broken.add("the store refused rows " + sum(NOT_STORED, metrics) + " times");
    }
    if (sum(IN_FLIGHT, metrics) > 0) {
      broken.add("bytes are held though no request is open");
    }
    if (!api.text("/health/ready").equals("UP")) {
      broken.add("the platform is not ready");
    }
    return broken;
  }

  /** What extraction has not read yet is in no flight: it must be counted from the offers. */
  private boolean allArrived() throws IOException {
    Accounting accounting = Accounting.read(api);
    return accounting.settled() && accounting.unread() == 0;
  }

  private static double sum(Pattern pattern, String metrics) {
    double sum = 0;
    Matcher matcher = pattern.matcher(metrics);
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
    }
    return sum;
  }
}
