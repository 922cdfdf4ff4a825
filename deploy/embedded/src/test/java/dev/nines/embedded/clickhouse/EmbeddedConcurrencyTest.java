// SPDX-License-Identifier: Apache-2.0
package dev.nines.embedded.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many callers, and SIGKILL in their middle, on the engine that Nines carries. */
final class EmbeddedConcurrencyTest extends ConcurrencyContract {
  private static final int ROWS = 200;
  private static final int WRITERS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 30;

  @TempDir private static Path data;
  private static ClickHouseChild child;

  @BeforeAll
  static void start() throws Exception {
    child = ClickHouseChild.start(data);
  }

  @AfterAll
  static void stop() throws Exception {
    child.close();
  }

  @Override
  ServerUnderTest server() {
    return new ServerUnderTest(child.url(), "default", "");
  }

  @Test
  void everyAcknowledgedRowSurvivesSigkill() throws Exception {
    server().run("CREATE TABLE killed (a UInt64) ENGINE = MergeTree ORDER BY a");
    var enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var writers = new ArrayList<Future<Long>>();
      for (var i = 0; i < WRITERS; i++) {
        var first = i * 1_000_000L;
        writers.add(pool.submit(() -> writeUntilKilled(first, enough)));
      }
      assertThat(enough.await(60, TimeUnit.SECONDS)).isTrue();
      child.kill();
      child.restart();
      for (var i = 0; i < WRITERS; i++) {
        var acknowledged = writers.get(i).get(60, TimeUnit.SECONDS);
        assertThat(storedFrom(i * 1_000_000L))
            .as("writer %d, %d rows acknowledged", i, acknowledged)
            .isBetween(acknowledged, acknowledged + ROWS);
      }
    }
  }

  /** Rows without a gap from the writer's first one on. */
  private long storedFrom(long first) {
    return Long.parseLong(
        server()
            .run(
                """
                SELECT if(count() = 0 OR (uniqExact(a) = count() AND max(a) - min(a) + 1 = count()
                  AND min(a) = %1$d), count(), -1)
                FROM killed WHERE a >= %1$d AND a < %1$d + 1000000"""
                    .formatted(first)));
  }

  private long writeUntilKilled(long first, CountDownLatch enough) throws Exception {
    var acknowledged = new AtomicLong();
    while (child.process().isAlive() && writeBatch(first + acknowledged.get())) {
      acknowledged.addAndGet(ROWS);
      enough.countDown();
    }
    return acknowledged.get();
  }

  /** False when the server went away: whether the batch is stored is then unknown. */
  private boolean writeBatch(long first) throws Exception {
    try {
      return write("killed", first, 1, ROWS) == 1;
    } catch (com.clickhouse.client.api.ClickHouseException e) {
      return false;
    }
  }
}
