// SPDX-License-Identifier: Apache-2.0
package dev.nines.server.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.nines.embedded.ClickHouseProcess;
import dev.nines.server.Registries;
import dev.nines.warehouse.Query;
import dev.nines.warehouse.QueryLimits;
import dev.nines.warehouse.Sql;
import dev.nines.warehouse.Warehouse;
import dev.nines.warehouse.WarehouseException;
import io.prometheus.client.CollectorRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueryGuardTest {

  private static final Sql ONE = Sql.of("SELECT 1 AS one");

  private final Registries registries = new Registries();
  private final CallOuts callOuts = new CallOuts(registries);
  private final QueryGuard guard = new QueryGuard(callOuts);
  @TempDir private Path data;

  /** A store that is killed opens the breaker; back again, it is asked within seconds. */
  @Test
  void aStoreThatIsKilledIsNotAskedUntilItIsBack() {
    try (ClickHouseProcess store = ClickHouseProcess.start(data);
        Query query = new Query(at(store.url()), QueryLimits.DEFAULT, guard)) {
      assertThat(query.one(ONE).number("one")).isEqualTo(1);
      assertThatThrownBy(() -> query.rows(Sql.of("SELECT nothing FROM nowhere")))
          .isInstanceOf(WarehouseException.class);
      assertThat(metric("nines_call_out_state")).isZero();

      store.kill();
      for (int i = 0; i < 3; i++) {
        assertThat(catchThrowable(() -> query.rows(ONE))).isInstanceOf(WarehouseException.class);
      }
      assertThat(metric("nines_call_out_state")).isEqualTo(2);
      long start = System.nanoTime();
      assertThatThrownBy(() -> query.rows(ONE))
          .isInstanceOf(WarehouseException.class)
          .hasMessage("clickhouse does not answer; asked again within 2 s");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
      assertThat(outcome("held_back")).isPositive();

      store.restart();
      assertThat(answersWithin(query, Duration.ofSeconds(20))).isTrue();
      assertThat(metric("nines_call_out_state")).isZero();
    }
  }

  @Test
  void aFullBulkheadRefusesAndLetsNothingGoByUncounted() throws InterruptedException {
    CallOut callOut = callOuts.guarded("narrow", 2, Duration.ofMillis(20), failure -> true);
    CountDownLatch entered = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 2)
          .forEach(i -> threads.submit(() -> callOut.call(() -> hold(entered, leave))));
      entered.await();
      assertThat(callOut.inFlight()).isEqualTo(2);
      assertThatThrownBy(() -> callOut.call(() -> true))
          .isInstanceOf(CallOut.HeldBack.class)
          .hasMessage("2 calls to narrow are under way already");
      leave.countDown();
    }
    assertThat(callOut.call(() -> true)).isTrue();
    assertThat(callOut.inFlight()).isZero();
  }

  @Test
  void aWatchedTargetIsShownAndNeverHeldBack() {
    CallOut provider = callOuts.watched("provider-slack");
    assertThat(provider.state()).isZero();
    provider.ended(false);
    assertThat(provider.state()).isEqualTo(2);
    provider.ended(true);
    provider.ended(true);
    assertThat(provider.state()).isZero();
  }

  private static boolean hold(CountDownLatch entered, CountDownLatch leave) {
    entered.countDown();
    try {
      leave.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return true;
  }

  private static boolean answersWithin(Query query, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      if (catchThrowable(() -> query.rows(ONE)) == null) {
        return true;
      }
      LockSupport.parkNanos(50_000_000);
    }
    return false;
  }

  private double metric(String name) {
    CollectorRegistry registry = registries.process();
    return registry.getSampleValue(name, new String[] {"target"}, new String[] {"clickhouse"});
  }

  private double outcome(String outcome) {
    return registries
        .process()
        .getSampleValue(
            "nines_call_out_calls_total",
            List.of("target", "outcome").toArray(String[]::new),
            new String[] {"clickhouse", outcome});
  }

  private static Warehouse at(String url) {
    return new Warehouse(URI.create(url), "default", "default", "");
  }
}
