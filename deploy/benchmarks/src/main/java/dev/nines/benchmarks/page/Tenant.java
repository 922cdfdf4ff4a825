// SPDX-License-Identifier: Apache-2.0
package dev.nines.benchmarks.page;

import dev.nines.benchmarks.page.Earliest.Arrival;
import dev.nines.demo.stage.Api;
import dev.nines.demo.stage.Store;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A tenant with its services and the one client that sends all their spans, a batch for each second
 * once it has caught up. Its objectives travel in one record, whose size is bounded: a thousand of
 * them here.
 */
final class Tenant implements AutoCloseable {

  static final int SERVICES_MAX = 1_000;

  private static final int BATCH_SPANS = 2_000;
  private static final long SECOND_MILLIS = 1_000;

  /** A client that has caught up is behind by less. */
  private static final long BEHIND_MILLIS = 3_000;

  private static final long UNSTORED_MILLIS = 60_000;

  private final String name;
  private final List<Service> services;
  private final Api api;
  private final SpanClient client;
  private final Spans spans;
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final InstantSource clock;
  private final long from;
  private volatile long sentTo;

  /**
   * @param from the first request, a whole second
   */
  Tenant(
      String name,
      String token,
      List<Service> services,
      Api api,
      URI collector,
      long from,
      InstantSource clock) {
    this.name = name;
    this.services = List.copyOf(services);
    this.api = api;
    this.client = new SpanClient(collector, token, clock);
    this.spans = new Spans(name.hashCode());
    this.clock = clock;
    this.from = from;
    this.sentTo = from;
  }

  String name() {
    return name;
  }

  Api api() {
    return api;
  }

  List<Service> services() {
    return services;
  }

  List<Arrival> arrivals() {
    return List.copyOf(arrivals);
  }

  /** Sends what ended before this second and was not sent yet, the oldest first. */
  void sendTo(long nowMillis) {
    long end = Math.floorDiv(nowMillis, SECOND_MILLIS) * SECOND_MILLIS;
    while (sentTo < end) {
      long to = Math.min(end, sentTo + batchMillis());
      long acknowledged = client.send(spans.batch(services, sentTo, to));
      arrivals.add(new Arrival(acknowledged, sentTo, to));
      sentTo = to;
    }
  }

  /** Nothing is behind: not the client, and all but the last minute of what it sent is stored. */
  boolean stored(Store store) throws IOException {
    if (clock.millis() - sentTo > BEHIND_MILLIS) {
      return false;
    }
    long sent =
        services.stream().mapToLong(each -> each.total(from, sentTo - UNSTORED_MILLIS)).sum();
    String count = "SELECT count() FROM spans WHERE tenant = '%s'".formatted(name);
    return Long.parseLong(store.query(count).getFirst().getFirst()) >= sent;
  }

  /** Every request of a service that was sent until now is in its budget. */
  boolean counted(Service service) throws IOException {
    long sent = service.total(from, sentTo);
    return sent
        <= api.get("/api/v1/slos/" + service.slo())
            .path("status")
            .path(0)
            .path("runTotal")
            .asLong();
  }

  /** Whole seconds, of some two thousand spans. */
  private long batchMillis() {
    long perSecond = Math.max(1, spansIn(SECOND_MILLIS));
    return Math.max(1, BATCH_SPANS / perSecond) * SECOND_MILLIS;
  }

  private long spansIn(long millis) {
    return services.stream().mapToLong(service -> service.total(from, from + millis)).sum();
  }

  @Override
  public void close() {
    client.close();
  }
}
