// SPDX-License-Identifier: Apache-2.0
package dev.nines.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nines.objectives.ObjectiveTopics;
import dev.nines.objectives.SloId;
import dev.nines.objectives.SloStatus;
import dev.nines.transport.Check;
import dev.nines.transport.JsonSerde;
import dev.nines.transport.KafkaClients;
import dev.nines.transport.LiveTable;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last status of every scope, read from {@code slo.status} by an own consumer. Holds at most
 * {@link CatalogConfig#statusesMax} scopes: a new one beyond is not shown, and counted.
 */
public final class StatusReader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(StatusReader.class);
  private static final Comparator<SloStatus> GLOBAL_FIRST =
      Comparator.comparing((SloStatus status) -> !status.scope().equals(SloStatus.GLOBAL))
          .thenComparing(SloStatus::scope);

  private final JsonSerde<SloStatus> json = new JsonSerde<>(SloStatus.class);
  private final Map<SloId, Map<String, SloStatus>> statuses = new ConcurrentHashMap<>();
  private final AtomicInteger size = new AtomicInteger();
  private final int max;
  private final LiveTable table;
  private final Counter refused;

  public StatusReader(KafkaClients kafka, CatalogConfig config, CollectorRegistry registry) {
    this.max = config.statusesMax();
    this.table = new LiveTable(kafka, ObjectiveTopics.SLO_STATUS, this::receive);
    this.refused =
        Counter.build("nines_catalog_status_refused", "Status records that are not shown.")
            .labelNames("reason")
            .register(registry);
    Gauge.build("nines_catalog_status_scopes", "Scopes whose status is known.")
        .register(registry)
        .setChild(
            new Gauge.Child() {
              @Override
              public double get() {
                return size.get();
              }
            });
  }

  /** Begins to read; returns at once. */
  public void start() {
    table.start();
  }

  /** Every status that there was at the start is known. */
  public boolean complete() {
    return table.complete();
  }

  public Check check() {
    return table.check();
  }

  /** The global scope first, then regions by name; only those that count the same spans. */
  public List<SloStatus> of(SloId slo, long line) {
    return statuses.getOrDefault(slo, Map.of()).values().stream()
        .filter(status -> status.line() == line)
        .sorted(GLOBAL_FIRST)
        .toList();
  }

  @Override
  public void close() {
    table.close();
  }

  private void receive(ConsumerRecord<byte[], byte[]> message) {
    try {
      if (message.value() == null) {
        forget(new String(message.key(), UTF_8));
        return;
      }
      keep(json.read(message.value()));
    } catch (SerializationException | IllegalArgumentException e) {
      refused.labels("malformed").inc();
      log.error(
          "{}-{} offset {} is no status",
          message.topic(),
          message.partition(),
          message.offset(),
          e);
    }
  }

  /**
   * @param key see {@link SloStatus#key}
   */
  private void forget(String key) {
    int at = key.lastIndexOf('@');
    Map<String, SloStatus> scopes = at < 0 ? null : statuses.get(SloId.parse(key.substring(0, at)));
    if (scopes != null && scopes.remove(key.substring(at + 1)) != null) {
      size.decrementAndGet();
    }
  }

  private void keep(SloStatus status) {
    Map<String, SloStatus> scopes =
        statuses.computeIfAbsent(status.slo(), slo -> new ConcurrentHashMap<>());
    if (scopes.containsKey(status.scope())) {
      scopes.put(status.scope(), status);
    } else if (size.get() < max) {
      scopes.put(status.scope(), status);
      size.incrementAndGet();
    } else {
      refused.labels("full").inc();
    }
  }
}
