// SPDX-License-Identifier: Apache-2.0
package dev.nines.ingest;

import dev.nines.ingest.redaction.Kind;
import dev.nines.telemetry.Signal;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What the collectors of a JVM show; labels are regions and bounded words. */
final class IngestMetrics {

  private static final double[] ACK_SECONDS = {
    .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 20
  };

  private final IngestWatch watch;
  private final Counter requests;
  private final Counter items;
  private final Counter bytes;
  private final Counter refused;
  private final Counter redacted;
  private final Counter aboveGuarantee;
  private final Gauge tenants;
  private final Gauge inFlight;
  private final Gauge series;
  private final Gauge certificateEnd;
  private final Histogram ack;

  IngestMetrics(CollectorRegistry registry, IngestWatch watch) {
    this.watch = watch;
    requests = counter("requests", "Requests by protocol and outcome", "protocol", "outcome");
    items = counter("items", "Spans and data points by outcome", "signal", "outcome");
    bytes = counter("bytes", "Decompressed bytes of whole bodies by outcome", "outcome");
    refused = counter("refused_requests", "Requests not taken, by reason", "reason");
    redacted = counter("redacted_values", "Values taken out of telemetry, by kind", "kind");
    aboveGuarantee =
        counter("refused_above_guarantee", "Requests refused above a guarantee", "tenant");
    tenants = Gauge.build("nines_ingest_tenants", "Tenants whose use is followed").create();
    inFlight =
        Gauge.build("nines_ingest_in_flight_bytes", "Bytes of bodies that are held").create();
    ack =
        Histogram.build("nines_ingest_ack_seconds", "From the whole request to Kafka's last ack")
            .labelNames("region")
            .buckets(ACK_SECONDS)
            .create();
    series = Gauge.build("nines_ingest_series", "Series that are known, of all tenants").create();
    registry.register(requests);
    registry.register(items);
    registry.register(bytes);
    registry.register(refused);
    registry.register(redacted);
    registry.register(aboveGuarantee);
    registry.register(tenants);
    registry.register(series);
    certificateEnd =
        Gauge.build(
                "nines_ingest_certificate_end_seconds",
                "When the certificate that clients are shown ends, since 1970; +Inf without TLS")
            .create();
    certificateEnd.set(Double.POSITIVE_INFINITY);
    registry.register(inFlight);
    registry.register(certificateEnd);
    registry.register(ack);
  }

  void request(String region, Protocol protocol, Answer answer) {
    requests.labels(region, protocol.label(), Outcome.of(answer).label()).inc();
    switch (answer) {
      case Answer.Stored _ -> watch.acknowledged(true);
      case Answer.Refused(Fault fault, String _) -> {
        refused.labels(region, fault.reason()).inc();
        if (fault == Fault.KAFKA) {
          watch.acknowledged(false);
        }
      }
    }
  }

  void body(String region, Answer answer, long bodyBytes) {
    bytes.labels(region, Outcome.of(answer).label()).inc(bodyBytes);
  }

  void items(String region, Signal signal, Outcome outcome, long count) {
    items.labels(region, signal.word(), outcome.label()).inc(count);
  }

  void redacted(String region, Kind kind, int values) {
    redacted.labels(region, kind.word()).inc(values);
  }

  /**
   * @param tenant one that the configuration names, or {@link Shares#OTHERS}
   */
  void aboveGuarantee(String region, String tenant) {
    aboveGuarantee.labels(region, tenant).inc();
  }

  void tenants(int followed) {
    tenants.set(followed);
  }

  void acknowledged(String region, Duration latency) {
    ack.labels(region).observe(latency.toNanos() / 1e9);
  }

  /** From now on there is a certificate. */
  void certificate(LongSupplier endEpochSeconds) {
    certificateEnd.setChild(asked(endEpochSeconds));
  }

  /** Asked when it is read: what threads set one after the other could be that of the slower. */
  void inFlightBytes(LongSupplier held) {
    inFlight.setChild(asked(held));
  }

  void series(LongSupplier known) {
    series.setChild(asked(known));
  }

  private static Gauge.Child asked(LongSupplier value) {
    return new Gauge.Child() {
      @Override
      public double get() {
        return value.getAsLong();
      }
    };
  }

  private static Counter counter(String name, String help, String... labels) {
    String[] all = new String[labels.length + 1];
    all[0] = "region";
    System.arraycopy(labels, 0, all, 1, labels.length);
    return Counter.build("nines_ingest_" + name + "_total", help).labelNames(all).create();
  }
}
