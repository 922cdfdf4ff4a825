// SPDX-License-Identifier: Apache-2.0
package dev.nines.shop.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of the script: what goes wrong, where and when. Times are milliseconds since the first
 * request; the stretch is {@code [startMillis, endMillis)}.
 *
 * @param share part of the requests (bad deploy, payment errors) or batches (resends) that it hits;
 *     1 where it hits all
 * @param version what runs during a bad deploy; absent for other kinds
 * @param previousVersion what runs before it and after the rollback; absent for other kinds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
    Kind kind,
    Region region,
    Service service,
    long startMillis,
    long endMillis,
    double share,
    @Nullable String version,
    @Nullable String previousVersion) {

  /** What can go wrong. */
  public enum Kind {
    /** A new checkout fails for a share of its requests, until it is rolled back. */
    BAD_DEPLOY,
    /** The edge takes about 120 ms instead of about 12 ms. */
    LATENCY_REGRESSION,
    /** Region and collector are gone. Whoever reads the script takes the collector away. */
    REGION_LOSS,
    /** The exporter holds its spans back and delivers them when the stretch ends. */
    LATE_DELIVERY,
    /** Acknowledged batches are sent again, byte for byte. */
    BATCH_RESEND,
    /** Payment fails, and the web front end repeats each failed checkout up to twice. */
    PAYMENT_ERRORS;

    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Fault of(Kind kind, Region region, Service service, long startMillis, long endMillis) {
    return new Fault(kind, region, service, startMillis, endMillis, 1, null, null);
  }

  Fault hitting(double share) {
    return new Fault(
        kind, region, service, startMillis, endMillis, share, version, previousVersion);
  }

  Fault deploying(String version) {
    return new Fault(
        kind, region, service, startMillis, endMillis, share, version, service.version());
  }

  public boolean activeAt(long millis) {
    return startMillis <= millis && millis < endMillis;
  }
}
