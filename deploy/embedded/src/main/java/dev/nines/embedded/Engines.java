// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded;

import dev.nines.embedded.StackSettings.ClickHouseUrls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The three stores of one installation: embedded ones started together, others by address. */
record Engines(
    String kafka, ClickHouseUrls clickhouse, String postgres, List<RestartableProcess> started) {

  /** Starts what no address replaces; when one fails, the others are stopped again. */
  static Engines start(StackSettings settings) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Optional<Future<PostgresProcess>> postgres =
          settings.postgres().isPresent()
              ? Optional.empty()
              : Optional.of(
                  threads.submit(() -> PostgresProcess.start(settings.data().resolve("postgres"))));
      Optional<Future<ClickHouseProcess>> clickhouse =
          settings.clickhouse().isPresent()
              ? Optional.empty()
              : Optional.of(
                  threads.submit(
                      () -> ClickHouseProcess.start(settings.data().resolve("clickhouse"))));
      Optional<Future<KafkaProcess>> kafka =
          settings.kafka().isPresent()
              ? Optional.empty()
              : Optional.of(
                  threads.submit(() -> KafkaProcess.start(settings.data().resolve("kafka"))));
      List<Future<? extends RestartableProcess>> starts = new ArrayList<>();
      postgres.ifPresent(starts::add);
      clickhouse.ifPresent(starts::add);
      kafka.ifPresent(starts::add);
      List<RestartableProcess> started = all(starts);
      return new Engines(
          kafka.map(k -> k.resultNow().bootstrapServers()).or(settings::kafka).orElseThrow(),
          clickhouse.map(c -> urls(c.resultNow())).or(settings::clickhouse).orElseThrow(),
          postgres.map(p -> p.resultNow().jdbcUrl()).or(settings::postgres).orElseThrow(),
          started);
    }
  }

  private static ClickHouseUrls urls(ClickHouseProcess clickHouse) {
    return new ClickHouseUrls(clickHouse.url(), clickHouse.readOnlyUrl());
  }

  private static List<RestartableProcess> all(List<Future<? extends RestartableProcess>> starts) {
    List<RestartableProcess> started = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Future<? extends RestartableProcess> start : starts) {
      try {
        started.add(start.get());
      } catch (ExecutionException e) {
        failures.add(e.getCause() == null ? e : e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failures.add(e);
      }
    }
    if (failures.isEmpty()) {
      return started;
    }
    started.reversed().forEach(RestartableProcess::close);
    throw new StartFailedException(
        String.valueOf(failures.getFirst().getMessage()), failures.getFirst());
  }
}
